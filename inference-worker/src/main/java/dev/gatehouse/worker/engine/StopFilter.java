package dev.gatehouse.worker.engine;

import java.util.List;

/** Ends a text before the first stop text; holds back what could still become one. */
final class StopFilter {

    private final List<String> stops;
    private String held = "";
    private boolean found;

    StopFilter(List<String> stops) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** The text that can be shown now. */
    String pass(String more) {
        if (found) {
            return "";
        }
        String text = held + more;
        int end = firstStop(text);
        found = end >= 0;
        int shown = found ? end : text.length() - longestHeld(text);
        held = found ? "" : text.substring(shown);
        return text.substring(0, shown);
    }

    /** Text that was held back and became no stop text, because nothing follows. */
    String rest() {
        String rest = held;
        held = "";
        return rest;
    }

    boolean found() {
        return found;
    }

    private int firstStop(String text) {
        return stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    private int longestHeld(String text) {
        return stops.stream().mapToInt(stop -> overlap(text, stop)).max().orElse(0);
    }

    /** Length of the longest end of the text that a stop text begins with. */
    private static int overlap(String text, String stop) {
        for (int length = Math.min(text.length(), stop.length() - 1); length > 0; length--) {
            if (text.regionMatches(text.length() - length, stop, 0, length)) {
                return length;
            }
        }
        return 0;
    }
}
