package dev.gatehouse.bench.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * 4 KiB of an answer in the pieces in which a model says it.
 *
 * @param findings that are in it
 */
record Passage(List<String> pieces, int findings) {

    private static final int BYTES = 4096;

    private static final String PROSE =
            "The quarterly report, as agreed in March 2026, shows 12.5 % more orders than expected; see table 3 (page 14). "
                    + "Please check it as soon as possible: an error in npm's lock file or in a key of the map costs us a day. ";

    private static final List<String> FINDINGS = List.of(
            "4111 1111 1111 1111",
            "DE89 3704 0044 0532 0130 00",
            "jane.doe@example.org",
            "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
            "gh_live_Q7mZ2xVt9KpL4wRb8NcY1sHd6JfG3aTe3yWySQ");

    static Passage clean() {
        return new Passage(pieces(PROSE.repeat(BYTES / PROSE.length() + 1).substring(0, BYTES)), 0);
    }

    /** As many findings of each kind as fit. */
    static Passage withFindings() {
        StringBuilder text = new StringBuilder();
        int findings = 0;
        while (text.length() + 64 < BYTES) {
            text.append("and ")
                    .append(FINDINGS.get(findings++ % FINDINGS.size()))
                    .append("; ");
        }
        return new Passage(pieces(text.append(" ".repeat(BYTES - text.length())).toString()), findings);
    }

    /** About four characters each. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 2 + pieces.size() % 5);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
