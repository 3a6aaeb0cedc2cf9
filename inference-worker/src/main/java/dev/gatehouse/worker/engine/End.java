package dev.gatehouse.worker.engine;

/**
 * How a generation ended, and what it took.
 *
 * @param reason of its first choice; {@code LENGTH} if any choice was too long
 */
public record End(FinishReason reason, Usage usage, Meters meters) {

    /** The reason of a generation when one more of its choices has ended. */
    static FinishReason reason(FinishReason before, int choice, FinishReason now) {
        return switch (now) {
            case LENGTH, CANCELLED -> now;
            case STOP, TOOL_CALLS -> choice == 0 && before != FinishReason.LENGTH ? now : before;
        };
    }
}
