package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Explains what binds a caller. */
public interface Standings {

    /**
     * The least that a call uses.
     *
     * @param input prompt tokens, at least 0
     * @param output completion tokens, at least 0
     * @param charge nano-units of the currency, at least 0
     */
    record Least(long input, long output, long charge) {

        public Least {
            if (input < 0 || output < 0 || charge < 0) {
                throw new IllegalArgumentException("a call uses no less than nothing");
            }
        }
    }

    /**
     * A limit that binds the caller.
     *
     * @param byDefault it is the installation's setting and no row of a table
     * @param needed units that the call uses at least
     * @param refuses whether they are more than is left
     * @param room when they are there if nobody calls; empty when they are there now, or when that depends on requests that are under way,
     *     or never
     */
    record Binding(
            Limit limit, boolean byDefault, LimitState state, long needed, boolean refuses, Optional<Instant> room) {}

    /**
     * All limits that bind a caller who asks for a model, the widest first.
     *
     * @param first the one that would refuse the call; empty when it would be admitted
     */
    record Explained(List<Binding> bindings, Optional<Binding> first) {}

    Explained explain(Caller caller, ModelName model, Least least);
}
