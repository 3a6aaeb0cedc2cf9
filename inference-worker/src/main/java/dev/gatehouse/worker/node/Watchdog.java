package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Turn;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sees that the engine's thread is at one thing for longer than it can take. */
final class Watchdog {

    /** Steps that take longer than expected by less than this are slow and not stuck. */
    private static final int SLOWEST = 10;

    private final Supplier<Optional<Turn>> turns;
    private final Duration patience;
    private final LongSupplier clock;

    /** @param patience for a turn that is expected to take no time; longer ones get more */
    Watchdog(Supplier<Optional<Turn>> turns, Duration patience, LongSupplier clock) {
        this.turns = turns;
        this.patience = patience;
        this.clock = clock;
    }

    /** Looks until it has something to say, which it does once; a patience of 0 is endless. */
    void start(Consumer<String> onStall) {
        if (!patience.isZero()) {
            Thread.ofPlatform().name("watchdog").daemon().start(() -> watch(onStall));
        }
    }

    private void watch(Consumer<String> onStall) {
        try {
            Optional<String> stall = Optional.empty();
            while (stall.isEmpty()) {
                Thread.sleep(patience.dividedBy(SLOWEST));
                stall = stall();
            }
            onStall.accept(stall.get() + threads());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the engine is stuck in, if it is. */
    Optional<String> stall() {
        return turns.get().flatMap(this::stall);
    }

    private Optional<String> stall(Turn turn) {
        Duration taken = Duration.ofNanos(clock.getAsLong() - turn.began());
        return taken.compareTo(patience.plus(turn.expected().multipliedBy(SLOWEST))) > 0
                ? Optional.of(turn.doing().get() + ", for " + taken.toSeconds() + " s, expected "
                        + turn.expected().toMillis() + " ms")
                : Optional.empty();
    }

    private static String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(Watchdog::thread)
                .sorted()
                .collect(Collectors.joining());
    }

    private static String thread(Map.Entry<Thread, StackTraceElement[]> thread) {
        return Stream.of(thread.getValue())
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining(
                        "",
                        "\n" + thread.getKey().getName() + " ("
                                + thread.getKey().getState() + ")",
                        ""));
    }
}
