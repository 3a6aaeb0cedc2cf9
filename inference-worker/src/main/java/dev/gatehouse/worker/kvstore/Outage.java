package dev.gatehouse.worker.kvstore;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the disk is left alone: for a minute after each failure. The log hears of the first one, and when the disk works again. Thread-safe. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private boolean failing;
    private long until;

    /** @param nanoTime as {@link System#nanoTime} */
    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean lasts() {
        return failing && nanoTime.getAsLong() - until < 0;
    }

    synchronized void failed(IOException why) {
        if (!failing) {
            LOG.warn("The disk tier of the KV cache fails and is not used for a while: {}", why.toString());
        }
        failing = true;
        until = nanoTime.getAsLong() + LENGTH.toNanos();
    }

    synchronized void worked() {
        if (failing) {
            LOG.info("The disk tier of the KV cache works again");
        }
        failing = false;
    }
}
