package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.backend.Records;
import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Compares the ledger with the nodes' records, with the outcomes and with what budgets count as spent. */
@Component
public final class Reconciliation {

    /** A node keeps its records for 24 hours; an hour less leaves room for clocks that differ. */
    public static final Duration LONGEST = Duration.ofHours(23);

    /** What has just happened is on its way to the books. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final int MOST_MISMATCHES = 100;
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Books books;
    private final Records records;
    private final Clock clock;

    Reconciliation(Books books, Records records, Clock clock) {
        this.books = books;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Compares; asks nodes, so it may take seconds.
     *
     * @param from empty: as long ago as nodes remember
     * @param until empty: two minutes ago, as what has just happened is on its way
     * @throws IllegalArgumentException when the time is none, or is before what nodes remember
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    public Report reconcile(Optional<Instant> from, Optional<Instant> until) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant begin = from.orElse(now.minus(LONGEST)).truncatedTo(ChronoUnit.MILLIS);
        Instant end = until.orElse(now.minus(SETTLED)).truncatedTo(ChronoUnit.MILLIS);
        if (!begin.isBefore(end) || end.isAfter(now)) {
            throw new IllegalArgumentException("from must be before until, and until not in the future");
        }
        if (begin.isBefore(now.minus(LONGEST))) {
            throw new IllegalArgumentException("nodes remember no more than 23 hours: choose a later from");
        }
        return compared(begin, end);
    }

    private Report compared(Instant begin, Instant end) {
        List<Report.NodeHour> nodes = new ArrayList<>();
        List<Report.Mismatch> mismatches = new ArrayList<>();
        List<NodeName> known = records.nodes();
        NodeComparison comparison = new NodeComparison(books, records);
        for (Instant from = begin; from.isBefore(end); from = hourAfter(from)) {
            Instant until = earlier(hourAfter(from), end);
            nodes.addAll(hour(comparison, known, from, until));
            mismatches.addAll(books.mismatches(from, until, MOST_MISMATCHES));
        }
        return new Report(begin, end, nodes, mismatches, budgets(begin, end));
    }

    private List<Report.NodeHour> hour(NodeComparison comparison, List<NodeName> known, Instant from, Instant until) {
        Map<NodeName, Total> ledger = books.ledger(from, until);
        Set<NodeName> names = new TreeSet<>(Comparator.comparing(NodeName::value));
        names.addAll(known);
        names.addAll(ledger.keySet());
        return names.stream()
                .map(node -> comparison.hour(node, from, until, ledger.getOrDefault(node, Total.NONE)))
                .toList();
    }

    /** What a gateway has settled it reports within a second: only a difference that stays is one. */
    private List<Report.BudgetSum> budgets(Instant from, Instant until) {
        List<Report.BudgetSum> sums = books.budgets(from, until);
        for (int tries = 1; tries < TRIES && sums.stream().anyMatch(Report.BudgetSum::differs); tries++) {
            pause();
            sums = books.budgets(from, until);
        }
        return sums;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Instant hourAfter(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
