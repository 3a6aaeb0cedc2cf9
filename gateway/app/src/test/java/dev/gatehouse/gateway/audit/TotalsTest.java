package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    @Test
    void whatIsOwedAndWhatItCostAreAddedUpApart() {
        Charge lost = new Charge(1, Usage.NONE, new Price(0, 0, 0, 0, 70), 3, false);
        Charge answered = new Charge(2, Usage.NONE, new Price(0, 0, 0, 0, 70), 5, true);
        Totals totals = Totals.of(with(
                Outcome.Kind.COMPLETED,
                List.of(new Outcome.Attempt("worker-1", lost), new Outcome.Attempt("worker-2", answered))));
        assertThat(totals.chargeNano()).isEqualTo(70);
        assertThat(totals.costNano()).isEqualTo(8);
    }

    private static Outcome without(Outcome.Kind kind) {
        return with(kind, List.of());
    }

    private static Outcome with(Outcome.Kind kind, List<Outcome.Attempt> attempts) {
        return new Outcome(
                IntentId.next(Clock.systemUTC()),
                Samples.CALLER,
                new ModelName("tiny-moe"),
                Dialect.OPENAI,
                OptionalLong.empty(),
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "{}",
                attempts,
                -1,
                0);
    }
}
