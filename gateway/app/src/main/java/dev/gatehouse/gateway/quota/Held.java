package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;

/** The first grant of a limit on requests: tokens are not limited, so every further grant is given. */
record Held(long granted) implements Reservation {

    @Override
    public Reservation narrow(Price dearest) {
        return this;
    }

    @Override
    public Grant more(long tokens) {
        return new Grant.Granted(granted + tokens);
    }

    @Override
    public void settle(List<Charge> charges) {}
}
