package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Money;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A limit as it is at one moment: which of its buckets counts, and by which rule. */
record Terms(Limit limit, BucketKey key, Rule rule) {

    /** Units that the limit's owner is warned of having used; beyond all units when there is no warning. */
    long warning() {
        return limit.soft().isEmpty()
                ? Long.MAX_VALUE
                : percent(rule.amount(), limit.soft().getAsInt());
    }

    private static long percent(long amount, int percent) {
        return amount / 100 * percent + amount % 100 * percent / 100;
    }

    /** What the limit says, as a message continues "The project ...". */
    String words() {
        String model = limit.model().map(name -> " of the model " + name).orElse("");
        String every = switch (limit.period()) {
            case NONE -> "";
            case MINUTE, HOUR, DAY, MONTH, QUARTER ->
                " a " + limit.period().name().toLowerCase(Locale.ROOT);
        };
        return "may use " + amount() + model + every;
    }

    private String amount() {
        return limit.measure() == Measure.CHARGE
                ? Money.words(rule.amount())
                : rule.amount() + " " + limit.measure().words();
    }

    static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
