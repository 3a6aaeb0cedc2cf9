package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.vocabulary.Reason;

/** Finish reasons on the wire. */
final class Reasons {

    private Reasons() {}

    static String wire(Reason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH, BUDGET -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
