package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Priority;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import dev.gatehouse.gateway.vocabulary.Wire;
import java.util.List;
import java.util.UUID;

/** A caller, their request, and what may become of it. */
final class Samples {

    static final Caller CALLER =
            new Caller(new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));
    static final Price PRICE = new Price(3, 2, 11, 10, 1_000);
    static final Usage USED = new Usage(14, 4, 22, 16, Meters.NONE, true);
    static final Usage PART = Usage.atLeast(5);

    /** An empty body: its SHA-256 is well known. */
    static final Generate WORK = new Generate(
            new ModelName("tiny-moe"),
            new Wire(Dialect.OPENAI, new byte[0], List.of()),
            List.of(),
            List.of(),
            new Bound(100, Bound.UNSTATED, 1),
            Priority.INTERACTIVE);

    private Samples() {}

    static Problem problem(Code code) {
        return Problem.of(code, "because of " + code.wire());
    }

    static Fault fault(Code code) {
        return new Fault(problem(code));
    }
}
