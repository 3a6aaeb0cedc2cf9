package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** For other rooms' tests: a real reservation without limits that tells of its settlement. */
public final class ReservationFixture {

    private ReservationFixture() {}

    public static Reservation of(Bound bound, Runnable onSettled) {
        return settling(bound, _ -> onSettled.run());
    }

    /** @param onSettled is told the charge, in nano-units */
    public static Reservation settling(Bound bound, LongConsumer onSettled) {
        return new Held(new Demand(new ModelName("any"), bound, Price.FREE), List.of(), new Held.Window() {
            @Override
            public Optional<Problem> claim(List<Claim> claims) {
                return Optional.empty();
            }

            @Override
            public void release(List<Claim> claims) {}

            @Override
            public void settle(List<Part> parts, Amounts used) {
                onSettled.accept(used.charge());
            }
        });
    }
}
