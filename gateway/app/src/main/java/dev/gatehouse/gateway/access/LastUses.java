package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each key was last used. A key in use is looked up about once a second, so only look-ups are noted: requests cost nothing more, and a time
 * is a second inexact. What was noted is written every few seconds, in one statement; what cannot be written is written with the next.
 */
final class LastUses {

    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final KeyStore store;
    private final InstantSource clock;
    private final Map<KeyId, Instant> noted = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("last uses").unstarted(this::run);

    LastUses(KeyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** Writes what is noted, and no more. */
    void close() {
        thread.interrupt();
        write();
    }

    void note(KeyRecord used) {
        if (used.revoked().isEmpty()) {
            noted.put(used.caller().key(), clock.instant());
        }
    }

    void write() {
        Map<KeyId, Instant> batch = new HashMap<>(noted);
        try {
            if (!batch.isEmpty()) {
                store.used(batch);
                batch.forEach(noted::remove);
            }
        } catch (Fault away) {
            LOG.debug("the last uses of {} keys are written later", batch.size());
        } catch (RuntimeException e) {
            LOG.warn("the last uses of {} keys could not be written", batch.size(), e);
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                write();
            }
        } catch (InterruptedException e) {
            LOG.debug("the gateway ends");
        }
    }
}
