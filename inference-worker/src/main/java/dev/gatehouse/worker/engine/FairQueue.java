package dev.gatehouse.worker.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Sequences that wait. Interactive ones go before those of batches, and those that had to give way before new ones; among
 * tenants goes first whose counter of service, divided by the tenant's weight, is the lowest: a token of a prompt that has
 * to be computed counts 1, a generated one 2. A tenant that had nothing waiting does not gain from that: its counter is
 * lifted to the lowest of those that wait. (Virtual Token Counter: Sheng and others, Fairness in Serving Large Language
 * Models, OSDI 2024.) Among those of one tenant goes first the earliest deadline, then who came first. Not thread-safe.
 */
final class FairQueue {

    static final int INPUT_WEIGHT = 1;
    static final int OUTPUT_WEIGHT = 2;

    private static final Comparator<Sequence> ARRIVAL = Comparator.comparingLong(Sequence::arrival);
    private static final Comparator<Sequence> DEADLINE = Comparator.comparing(
                    (Sequence sequence) -> sequence.caller().deadline().orElse(Instant.MAX))
            .thenComparing(ARRIVAL);

    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<Priority, TreeSet<Sequence>> gaveWay = sets(ARRIVAL);
    private double lastLeft;
    private int size;
    private long tokens;

    private static final class Tenant {

        private final Map<Priority, TreeSet<Sequence>> waiting = sets(DEADLINE);
        private double counter;

        boolean waits() {
            return waiting.values().stream().anyMatch(Predicate.not(TreeSet::isEmpty));
        }
    }

    /** Sequences. */
    int size() {
        return size;
    }

    /** Tokens of all prompts that wait. */
    long tokens() {
        return tokens;
    }

    void add(Sequence sequence) {
        Tenant tenant = tenant(sequence);
        if (!tenant.waits()) {
            tenant.counter = Math.max(tenant.counter, lowest().orElse(lastLeft));
        }
        of(sequence, tenant.waiting).add(sequence);
        count(sequence, 1);
    }

    /** A sequence that ran waits again, before those that never did. */
    void giveWay(Sequence sequence) {
        of(sequence, gaveWay).add(sequence);
        count(sequence, 1);
    }

    /** The one that runs next. */
    Optional<Sequence> next() {
        for (Priority priority : Priority.values()) {
            Optional<Sequence> next = first(priority, gaveWay).or(() -> fairest(priority));
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private Optional<Sequence> fairest(Priority priority) {
        return tenants.values().stream()
                .filter(tenant -> first(priority, tenant.waiting).isPresent())
                .min(Comparator.comparingDouble(tenant -> tenant.counter))
                .flatMap(tenant -> first(priority, tenant.waiting));
    }

    /**
     * It runs.
     *
     * @param uncached tokens of it that have to be computed
     */
    void take(Sequence sequence, int uncached) {
        if (!of(sequence, gaveWay).remove(sequence)) {
            withdraw(sequence);
            charge(sequence, (long) INPUT_WEIGHT * uncached);
        }
        count(sequence, -1);
    }

    /** It does not wait any more. */
    void remove(Sequence sequence) {
        if (of(sequence, gaveWay).remove(sequence) || withdraw(sequence)) {
            count(sequence, -1);
        }
    }

    /** It has got a token. */
    void generated(Sequence sequence) {
        charge(sequence, OUTPUT_WEIGHT);
    }

    /** Nobody runs or waits: what anyone had more than others took from none of them. */
    void forget() {
        tenants.clear();
        lastLeft = 0;
    }

    private boolean withdraw(Sequence sequence) {
        Tenant tenant = tenant(sequence);
        boolean waited = of(sequence, tenant.waiting).remove(sequence);
        if (waited && !tenant.waits()) {
            lastLeft = tenant.counter;
        }
        return waited;
    }

    private void charge(Sequence sequence, long service) {
        tenant(sequence).counter += service / sequence.caller().weight();
    }

    private OptionalDouble lowest() {
        return tenants.values().stream()
                .filter(Tenant::waits)
                .mapToDouble(tenant -> tenant.counter)
                .min();
    }

    private void count(Sequence sequence, int sign) {
        size += sign;
        tokens += (long) sign * sequence.length();
    }

    private Tenant tenant(Sequence sequence) {
        return tenants.computeIfAbsent(sequence.caller().tenant(), name -> new Tenant());
    }

    private static Map<Priority, TreeSet<Sequence>> sets(Comparator<Sequence> order) {
        Map<Priority, TreeSet<Sequence>> sets = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            sets.put(priority, new TreeSet<>(order));
        }
        return sets;
    }

    private static TreeSet<Sequence> of(Sequence sequence, Map<Priority, TreeSet<Sequence>> sets) {
        return Optional.ofNullable(sets.get(sequence.caller().priority())).orElseThrow();
    }

    private static Optional<Sequence> first(Priority priority, Map<Priority, TreeSet<Sequence>> sets) {
        return Optional.ofNullable(sets.get(priority))
                .filter(Predicate.not(TreeSet::isEmpty))
                .map(TreeSet::first);
    }
}
