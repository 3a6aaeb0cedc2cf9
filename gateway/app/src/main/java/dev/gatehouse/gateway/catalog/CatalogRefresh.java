package dev.gatehouse.gateway.catalog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Reads the catalog when the gateway starts, before its port opens, and every few seconds from then on. */
final class CatalogRefresh implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final StoredCatalog catalog;
    private volatile @Nullable Thread thread;

    CatalogRefresh(StoredCatalog catalog) {
        this.catalog = catalog;
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
                Thread.sleep(EVERY);
                catalog.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
