package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A catalog in memory. Counts readings and writings, may be held, and may fail. */
final class FakeCatalogStore implements CatalogStore {

    final Map<ModelName, Model> models = new ConcurrentHashMap<>();
    final AtomicInteger readings = new AtomicInteger();
    final AtomicInteger writings = new AtomicInteger();
    private final Semaphore gate = new Semaphore(1);
    volatile boolean away;

    static Model model(String name) {
        ModelName id = new ModelName(name);
        Route route = new Route(Route.Kind.NODES, id);
        return new Model(id, "gatehouse", Instant.EPOCH, List.of(route), PriceList.FREE);
    }

    void add(String name) {
        models.put(new ModelName(name), model(name));
    }

    /** Makes readings wait until {@link #open}. */
    void hold() {
        gate.acquireUninterruptibly();
    }

    void open() {
        gate.release();
    }

    @Override
    public List<Model> all() {
        readings.incrementAndGet();
        gate.acquireUninterruptibly();
        gate.release();
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        return List.copyOf(models.values());
    }

    @Override
    public Tariffs tariffs() {
        return Tariffs.NONE;
    }

    @Override
    public int publish(Collection<ModelName> names) {
        writings.incrementAndGet();
        int before = models.size();
        names.forEach(name -> models.putIfAbsent(name, model(name.value())));
        return models.size() - before;
    }
}
