package dev.gatehouse.worker.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Where one thread says what it is at, for others to see that it goes on. */
final class Pulse {

    private volatile Optional<Turn> turn = Optional.empty();

    void begins(Duration expected, Supplier<String> doing) {
        turn = Optional.of(new Turn(System.nanoTime(), expected, doing));
    }

    /** There is nothing to do. */
    void rests() {
        turn = Optional.empty();
    }

    Optional<Turn> turn() {
        return turn;
    }
}
