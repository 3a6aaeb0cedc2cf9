package dev.gatehouse.gateway.quota;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The limits in memory: read before the port opens, when they are said to have changed, and once in a while. */
final class ReadLimits implements SmartLifecycle, Supplier<LimitBook> {

    private static final Logger log = LoggerFactory.getLogger(ReadLimits.class);
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(15);

    private final LimitStore store;
    private final int defaultRate;
    private final Semaphore changed = new Semaphore(0);
    private volatile LimitBook book;
    private volatile @Nullable Thread thread;

    ReadLimits(LimitStore store, int defaultRate) {
        this.store = store;
        this.defaultRate = defaultRate;
        this.book = new LimitBook(List.of(), defaultRate);
    }

    @Override
    public LimitBook get() {
        return book;
    }

    /** They are read again soon. */
    void changed() {
        changed.release();
    }

    /** Reads them before anybody can be admitted. */
    @Override
    public void start() {
        read();
        thread = Thread.ofVirtual().name("limits").start(this::untilStopped);
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

    @Override
    public int getPhase() {
        return 0;
    }

    private void read() {
        book = new LimitBook(store.all(), defaultRate);
    }

    private void untilStopped() {
        try {
            while (true) {
                boolean told = changed.tryAcquire(AT_LEAST_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                int more = changed.drainPermits();
                log.debug("Reading the limits, told so {} times", told ? more + 1 : more);
                readOrKeep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOrKeep() {
        try {
            read();
        } catch (RuntimeException away) {
            log.warn("The limits cannot be read; those read before stay in force", away);
        }
    }
}
