package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Keys in memory. Remembers each look-up, may be held, and may fail. */
final class FakeKeyStore implements KeyStore {

    final List<List<KeyDigest>> lookUps = new CopyOnWriteArrayList<>();
    final Map<KeyId, Instant> uses = new ConcurrentHashMap<>();
    final Map<KeyDigest, KeyRecord> rows = new ConcurrentHashMap<>();
    private final Semaphore gate = new Semaphore(1);
    volatile boolean away;
    volatile boolean broken;

    @Override
    public Map<KeyDigest, KeyRecord> find(Collection<KeyDigest> digests) {
        lookUps.add(List.copyOf(digests));
        gate.acquireUninterruptibly();
        gate.release();
        if (broken) {
            throw new OutOfMemoryError("a drill");
        }
        if (away) {
            throw new Fault(Problem.later(Code.DATABASE_UNAVAILABLE, Duration.ofSeconds(1), "away"));
        }
        Map<KeyDigest, KeyRecord> found = new HashMap<>(rows);
        found.keySet().retainAll(List.copyOf(digests));
        return found;
    }

    /** Makes look-ups wait until {@link #open}. */
    void hold() {
        gate.acquireUninterruptibly();
    }

    void open() {
        gate.drainPermits();
        gate.release();
    }

    @Override
    public Optional<KeyId> add(NewKey key) {
        throw new UnsupportedOperationException("look-ups only");
    }

    @Override
    public void used(Map<KeyId, Instant> times) {
        if (away) {
            throw new Fault(Problem.later(Code.DATABASE_UNAVAILABLE, Duration.ofSeconds(1), "away"));
        }
        uses.putAll(times);
    }

    @Override
    public TenantId tenant(String name) {
        throw new UnsupportedOperationException("look-ups only");
    }

    @Override
    public ProjectId project(TenantId tenant, String name) {
        throw new UnsupportedOperationException("look-ups only");
    }
}
