package dev.gatehouse.detect;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings that are reported in any order into the order of the text, so that no two of them overlap: one that begins within others
 * only goes on where they end.
 */
public final class Sequence {

    private final Queue<Finding> reported =
            new PriorityQueue<>(2, Comparator.comparingLong(Finding::from).thenComparing(Finding::kind));

    private long covered;

    public void add(Finding finding) {
        reported.add(finding);
    }

    public boolean isEmpty() {
        return reported.isEmpty();
    }

    /** The next finding, given that all that begin before {@code settled} have been added; null when none begins there. */
    public @Nullable Finding next(long settled) {
        for (Finding finding = reported.peek();
                finding != null && finding.from() < settled;
                finding = reported.peek()) {
            reported.remove();
            long from = Math.max(finding.from(), covered);
            if (finding.to() > covered) {
                boolean goesOn = finding.from() < covered;
                covered = finding.to();
                return goesOn ? new Finding(finding.kind(), from, finding.to(), "") : finding;
            }
        }
        return null;
    }
}
