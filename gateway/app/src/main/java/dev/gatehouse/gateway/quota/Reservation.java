package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;

/** What is held for a request until it is settled. Thread-safe; only this room can make one. */
public sealed interface Reservation permits Held {

    /** Completion tokens granted so far, over all choices. */
    long granted();

    /** Lowers what is held to this price, the dearest of those that can still be asked. */
    Reservation narrow(Price dearest);

    /** Asks for {@code tokens} more completion tokens. */
    Grant more(long tokens);

    /** Charges what was used and gives back the rest; only the first call has an effect. */
    void settle(List<Charge> charges);
}
