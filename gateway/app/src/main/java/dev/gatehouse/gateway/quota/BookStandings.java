package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Explains by the limits that this gateway goes by, and by what the pool has written down. */
final class BookStandings implements Standings {

    private static final Comparator<Binding> WIDEST_FIRST = Comparator.comparing(
                    (Binding one) -> one.limit().level())
            .thenComparing(one -> one.limit().model().isPresent())
            .thenComparing(one -> one.limit().measure())
            .thenComparing(one -> one.limit().period());

    private final Supplier<LimitBook> book;
    private final LimitStates states;

    BookStandings(Supplier<LimitBook> book, LimitStates states) {
        this.book = book;
        this.states = states;
    }

    @Override
    public Explained explain(Caller caller, ModelName model, Least least) {
        long now = states.now();
        List<Terms> all = book.get().of(caller, model, now);
        Map<BucketKey, Bucket> buckets = states.of(all);
        List<Binding> bindings = all.stream()
                .map(terms -> binding(terms, buckets, least, now))
                .sorted(WIDEST_FIRST)
                .toList();
        return new Explained(
                bindings, bindings.stream().filter(Binding::refuses).max(BookStandings::byWait));
    }

    private static Binding binding(Terms terms, Map<BucketKey, Bucket> buckets, Least least, long now) {
        Rule rule = terms.rule();
        Bucket bucket =
                buckets.getOrDefault(terms.key(), Bucket.fresh(rule, now)).filled(rule, now);
        long needed = new Amounts(1, least.input(), least.output(), 1, least.charge())
                .of(terms.limit().measure());
        boolean refuses = bucket.room(rule) < needed;
        return new Binding(
                terms.limit(),
                terms.limit().id().equals(terms.limit().subject()),
                LimitState.of(rule, bucket, now),
                needed,
                refuses,
                refuses ? room(rule, bucket, needed) : Optional.empty());
    }

    private static Optional<Instant> room(Rule rule, Bucket bucket, long needed) {
        if (needed > rule.amount()) {
            return Optional.empty();
        }
        long wait = rule instanceof Rule.Window(long _, long end) && bucket.excludes(rule, needed)
                ? end - bucket.at()
                : bucket.until(rule, needed);
        return wait == Bucket.NEVER
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus(Terms.micros(bucket.at() + wait)));
    }

    /** What has no time to wait for depends on others, and comes after what has one. */
    private static int byWait(Binding one, Binding other) {
        return one.room().orElse(Instant.MIN).compareTo(other.room().orElse(Instant.MIN));
    }
}
