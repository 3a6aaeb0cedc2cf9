package dev.gatehouse.worker.engine;

/**
 * The beginning of an answer that another node has generated and shown.
 *
 * @param ids its tokens; empty for an answer that nobody has begun
 * @param characters UTF-16 units that were shown of it: thinking, text, and the names and arguments of tool calls
 */
public record Begun(int[] ids, long characters) {

    public static final Begun NOTHING = new Begun(new int[0], 0);

    public boolean isNothing() {
        return ids.length == 0;
    }
}
