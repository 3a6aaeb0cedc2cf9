package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;

/** What is held for a request until it is settled. For the thread of one story; only this room can make one. */
public sealed interface Reservation permits Held {

    /** Completion tokens granted so far, over all choices. */
    long granted();

    /** Lowers what is held to this price, the dearest of those that can still be asked. */
    Reservation narrow(Price dearest);

    /**
     * Asks for {@code tokens} more completion tokens, at least 1; may wait for the pool.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when only the pool could tell, and cannot be reached
     */
    Grant more(long tokens);

    /** Counts what was used and is due, and gives back the rest; only the first call has an effect. */
    void settle(List<Charge> charges);
}
