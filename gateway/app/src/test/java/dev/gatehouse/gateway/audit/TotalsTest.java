package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TotalsTest {

    @Test
    void areExactWhenNothingWasDispatched() {
        assertThat(Totals.of(without(Outcome.Kind.NOT_DISPATCHED)).usage().exact())
                .isTrue();
    }

    @Test
    void areNeverExactWhenTheOutcomeIsUnknown() {
        assertThat(Totals.of(without(Outcome.Kind.UNKNOWN)).usage().exact()).isFalse();
    }

    private static Outcome without(Outcome.Kind kind) {
        return new Outcome(
                IntentId.next(Clock.systemUTC()),
                Samples.CALLER,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "{}",
                List.of(),
                -1,
                0);
    }
}
