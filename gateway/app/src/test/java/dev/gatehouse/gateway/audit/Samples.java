package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/** Intents and outcomes to write. */
final class Samples {

    static final Caller CALLER =
            new Caller(new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));

    static final NodeSignatures SIGNATURES =
            new HkdfNodeSignatures(JoinSecrets.of(Map.of(1, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));

    static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Samples() {}

    static Intent intent() {
        return intent("tiny-moe");
    }

    static Intent intent(String model) {
        return new Intent(
                IntentId.next(Clock.systemUTC()),
                CALLER,
                Dialect.OPENAI,
                new ModelName(model),
                new Bound(100, Bound.UNSTATED, 1),
                "127.0.0.1",
                EMPTY_BODY);
    }

    static Outcome completed(IntentId intent) {
        return outcome(intent, Outcome.Kind.COMPLETED, "{\"texts\":3}");
    }

    static Outcome outcome(IntentId intent, Outcome.Kind kind, String coverage) {
        return outcome(intent, kind, coverage, OptionalLong.empty());
    }

    static Outcome outcome(IntentId intent, Outcome.Kind kind, String coverage, OptionalLong start) {
        Usage lost = new Usage(14, 4, 5, 1, new Meters(1, 2, 3, 1, 5, 100, OptionalDouble.empty()), false);
        Usage whole = new Usage(14, 14, 22, 16, new Meters(0.5, 5, 13, 1.25, 14.5, 200, OptionalDouble.of(0.25)), true);
        return new Outcome(
                intent,
                CALLER,
                new ModelName("tiny-moe"),
                Dialect.OPENAI,
                start,
                kind,
                Optional.empty(),
                Optional.of("stop"),
                Optional.of(new RuleId("pii.payment-card")),
                "0123456789abcdef",
                coverage,
                List.of(
                        new Outcome.Attempt("worker-1", new Charge(1, lost, Price.FREE)),
                        new Outcome.Attempt("worker-2", new Charge(2, whole, new Price(3, 2, 10)))),
                12.5,
                40);
    }
}
