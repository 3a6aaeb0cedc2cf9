package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Standing;

/** The answer to a request for admission, and how the caller stands after it. */
public sealed interface Admission {

    Standing standing();

    record Admitted(Reservation held, Standing standing) implements Admission {}

    /** A limit was reached; the problem says which and when there is room again. */
    record Limited(Problem why, Standing standing) implements Admission {}
}
