package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Problem;

/** The answer to a request for admission. */
public sealed interface Admission {

    record Admitted(Reservation held) implements Admission {}

    /** A limit was reached; the problem says which and when there is room again. */
    record Limited(Problem why) implements Admission {}
}
