package dev.gatehouse.gateway.vocabulary;

/**
 * One stream of text within an answer.
 *
 * @param tool index of the tool call; 0 for other parts
 */
public record Channel(int choice, Part part, int tool) {

    /** What a channel carries. */
    public enum Part {
        CONTENT,
        REASONING,
        TOOL
    }

    private static final Channel FIRST_CONTENT = new Channel(0, Part.CONTENT, 0);
    private static final Channel FIRST_REASONING = new Channel(0, Part.REASONING, 0);

    public static Channel content(int choice) {
        return choice == 0 ? FIRST_CONTENT : new Channel(choice, Part.CONTENT, 0);
    }

    public static Channel reasoning(int choice) {
        return choice == 0 ? FIRST_REASONING : new Channel(choice, Part.REASONING, 0);
    }

    public static Channel tool(int choice, int index) {
        return new Channel(choice, Part.TOOL, index);
    }
}
