package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the ledger's months open and its sums up to date, every minute, or less often when that takes long. */
@Component
final class Bookkeeping implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** The most that it takes of the time is one part of so many. */
    private static final int SHARE = 20;

    private static final Logger log = LoggerFactory.getLogger(Bookkeeping.class);

    private final UsageHours hours;
    private final RequestHours requests;
    private volatile @Nullable Thread thread;

    Bookkeeping(UsageHours hours, RequestHours requests) {
        this.hours = hours;
        this.requests = requests;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("bookkeeping").start(this::untilStopped);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void untilStopped() {
        try {
            while (true) {
                long began = System.nanoTime();
                turn();
                Duration took = Duration.ofNanos(System.nanoTime() - began).multipliedBy(SHARE);
                Thread.sleep(took.compareTo(EVERY) > 0 ? took : EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        try {
            hours.openMonths();
            hours.bringUpToDate();
            requests.bringUpToDate();
        } catch (Fault away) {
            log.debug("The ledger's sums wait: {}", away.getMessage());
        } catch (RuntimeException defect) {
            log.error("The ledger's sums could not be made; the next turn tries again", defect);
        }
    }
}
