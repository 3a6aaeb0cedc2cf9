package dev.gatehouse.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** The signals that ask the launcher to end: the first for an orderly stop, the second for a fast one. */
final class Interrupts {
    private final AtomicInteger received = new AtomicInteger();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final Runnable onSecond;

    private Interrupts(Runnable onSecond) {
        this.onSecond = onSecond;
    }

    /** Takes over INT, TERM and HUP; {@code onSecond} runs at the second of them. */
    static Interrupts handle(Runnable onSecond) {
        Interrupts interrupts = new Interrupts(onSecond);
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> interrupts.received());
        }
        return interrupts;
    }

    /** Completes at the first signal. */
    CompletableFuture<Void> first() {
        return first;
    }

    private void received() {
        if (received.incrementAndGet() == 2) {
            onSecond.run();
        }
        first.complete(null);
    }
}
