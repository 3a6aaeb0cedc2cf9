package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;

/** For other rooms' tests: a real reservation that tells of its settlement. */
public final class ReservationFixture {

    private ReservationFixture() {}

    public static Reservation of(Bound bound, Runnable onSettled) {
        return new Held(bound, onSettled);
    }
}
