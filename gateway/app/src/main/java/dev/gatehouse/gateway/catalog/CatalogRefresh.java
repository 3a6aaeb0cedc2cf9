package dev.gatehouse.gateway.catalog;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the catalog when the gateway starts, before its port opens, when it is told of a change, and every few seconds. */
final class CatalogRefresh implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(CatalogRefresh.class);

    private final StoredCatalog catalog;
    private final Semaphore changed = new Semaphore(0);
    private volatile @Nullable Thread thread;

    CatalogRefresh(StoredCatalog catalog) {
        this.catalog = catalog;
    }

    /** Something has changed: it is read again at once. */
    void changed() {
        changed.release();
    }

    @Override
    public void start() {
        catalog.refresh();
        thread = Thread.ofVirtual().name("catalog").start(this::run);
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

    private void run() {
        try {
            while (true) {
                boolean told = changed.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                int more = changed.drainPermits();
                log.debug("Reading the catalog, told so {} times", told ? more + 1 : more);
                catalog.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
