package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;

/** The answer to where work may go. */
public sealed interface Plan {

    /** Where to try, best first; never empty. */
    record Candidates(List<Candidate> inOrder) implements Plan {

        /** What must be held: of each class of tokens, the price of the candidate that is dearest there. */
        public Price dearest() {
            return inOrder.stream().map(Candidate::price).reduce(Price.FREE, Price::dearer);
        }
    }

    /** There is no such model, or nothing that can answer for it now. */
    record NoRoute(Problem why) implements Plan {}
}
