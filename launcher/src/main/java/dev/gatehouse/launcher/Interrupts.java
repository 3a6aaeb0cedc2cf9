package dev.gatehouse.launcher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/** The signals that ask the launcher to end: the first for an orderly stop, a later one for a fast one. */
final class Interrupts {
    /** One request may arrive as two signals, to the process and to its group. */
    private static final long SAME_REQUEST = Duration.ofMillis(500).toNanos();

    private static final long NONE = Long.MIN_VALUE;

    private final AtomicLong firstAt = new AtomicLong(NONE);
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final Runnable onSecond;

    private Interrupts(Runnable onSecond) {
        this.onSecond = onSecond;
    }

    /** Takes over INT, TERM and HUP; {@code onSecond} runs at each later request. */
    static Interrupts handle(Runnable onSecond) {
        Interrupts interrupts = new Interrupts(onSecond);
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> interrupts.received(System.nanoTime()));
        }
        return interrupts;
    }

    /** Completes at the first signal. */
    CompletableFuture<Void> first() {
        return first;
    }

    private void received(long now) {
        if (firstAt.compareAndSet(NONE, now)) {
            first.complete(null);
        } else if (now - firstAt.get() > SAME_REQUEST) {
            onSecond.run();
        }
    }
}
