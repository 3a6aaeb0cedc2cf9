package dev.gatehouse.gateway.catalog;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalog in memory. While the database is away it serves what was read before. */
final class StoredCatalog implements Catalog {

    /** Names that are not in memory make it read the database once in this time, at most. */
    static final Duration PACE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(StoredCatalog.class);

    private static final Problem UNAVAILABLE = Problem.later(
            Code.DATABASE_UNAVAILABLE, PACE, "Which models exist cannot be read at the moment: try again.");

    private final CatalogStore store;
    private final Ticker ticker;
    private final AtomicReference<@Nullable CompletableFuture<CatalogView>> reading = new AtomicReference<>();
    private volatile CatalogView view = CatalogView.UNREAD;
    private volatile long triedAt;

    StoredCatalog(CatalogStore store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
        this.triedAt = ticker.read() - PACE.toNanos();
    }

    @Override
    public Optional<Model> find(Caller caller, ModelName name) {
        if (!caller.permits().allows(name)) {
            return Optional.empty();
        }
        Optional<Model> known = view.find(name);
        return known.isPresent() ? known : missed(name);
    }

    @Override
    public List<Model> models() {
        CatalogView last = view.state() == CatalogView.State.UNREAD ? refreshed() : view;
        if (last.state() == CatalogView.State.UNREAD) {
            throw new Fault(UNAVAILABLE);
        }
        return last.models();
    }

    @Override
    public Tariff tariff(Instant now) {
        return view.tariffs().at(now);
    }

    /** Whether the model is in memory. */
    boolean knows(ModelName name) {
        return view.find(name).isPresent();
    }

    /** Reads the database, or waits for the reading that another thread has begun; afterwards the view says whether that worked. */
    CatalogView refresh() {
        CompletableFuture<CatalogView> mine = new CompletableFuture<>();
        CompletableFuture<CatalogView> other = reading.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            view = read(view);
            return view;
        } finally {
            reading.set(null);
            mine.complete(view);
        }
    }

    private Optional<Model> missed(ModelName name) {
        CatalogView last = refreshed();
        Optional<Model> found = last.find(name);
        if (found.isEmpty() && last.state() != CatalogView.State.FRESH) {
            throw new Fault(UNAVAILABLE);
        }
        return found;
    }

    private CatalogView refreshed() {
        return reading.get() == null && ticker.read() - triedAt < PACE.toNanos() ? view : refresh();
    }

    private CatalogView read(CatalogView before) {
        triedAt = ticker.read();
        try {
            return CatalogView.of(store.all(), store.tariffs());
        } catch (RuntimeException e) {
            if (before.state() == CatalogView.State.FRESH) {
                log.warn("The catalog cannot be read; what was read before stays in force", e);
            }
            return before.notRefreshed();
        }
    }
}
