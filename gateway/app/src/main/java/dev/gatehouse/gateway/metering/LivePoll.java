package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every second, for all listeners together, which requests have ended, and only while there are listeners. What each user sees of them the
 * database decides.
 */
@Component
final class LivePoll implements LiveRequests, SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** An outcome's moment is the beginning of its transaction; so long it may take until it can be seen. */
    private static final Duration WINDOW = Duration.ofSeconds(30);

    /** The outcomes of a window that are told from each other. */
    private static final int MOST_KNOWN = 20_000;

    /** New ones that are read at a time; the others are missed. */
    private static final int MOST_READ = 500;

    private static final Logger log = LoggerFactory.getLogger(LivePoll.class);

    private final LiveSource source;
    private final List<LiveListener> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private volatile boolean running;
    private @Nullable Thread poller;

    /** Those recorded within the window that listeners were told of; the poller's own. */
    private Set<UUID> known = Set.of();

    LivePoll(LiveSource source) {
        this.source = source;
    }

    @Override
    public Listening listen(Actor actor, Requests.Whose whose, Requests.Marks marks) {
        Set<UUID> before = source.recorded(WINDOW, MOST_KNOWN);
        LiveListener listener = new LiveListener(actor, whose, marks, this::leave);
        synchronized (lock) {
            if (!running) {
                throw new Fault(Problem.later(Code.SHUTTING_DOWN, EVERY, "This gateway is being stopped. Try again."));
            }
            if (listeners.size() >= MOST) {
                throw new Fault(Problem.later(
                        Code.OVERLOADED, EVERY, "Too many listen already, %d of them: close one.".formatted(MOST)));
            }
            listeners.add(listener);
            if (poller == null) {
                known = before;
                poller = Thread.ofVirtual().name("live").start(this::untilNobodyListens);
            }
        }
        return listener;
    }

    private void leave(LiveListener listener) {
        listeners.remove(listener);
    }

    private void untilNobodyListens() {
        try {
            while (isWanted()) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWanted() {
        synchronized (lock) {
            if (running && !listeners.isEmpty()) {
                return true;
            }
            poller = null;
            return false;
        }
    }

    /** Tells of what has ended since the last look. */
    private void look() {
        try {
            Set<UUID> now = source.recorded(WINDOW, MOST_KNOWN);
            List<UUID> fresh = now.stream().filter(id -> !known.contains(id)).toList();
            if (!fresh.isEmpty()) {
                tell(fresh);
            }
            known = now;
        } catch (Fault away) {
            log.debug("Ended requests are not told of now: {}", away.getMessage());
        } catch (RuntimeException defect) {
            log.error("Ended requests could not be told of", defect);
        }
    }

    /** @param fresh the latest recorded first */
    private void tell(List<UUID> fresh) {
        List<UUID> read = fresh.subList(0, Math.min(fresh.size(), MOST_READ));
        Map<Actor, List<LiveListener>> byUser = listeners.stream().collect(Collectors.groupingBy(LiveListener::actor));
        byUser.forEach((user, theirs) -> {
            List<Request> seen = source.seenBy(user, read);
            theirs.forEach(listener -> {
                seen.forEach(listener::tell);
                listener.missed(fresh.size() - read.size());
            });
        });
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        List<LiveListener> left;
        synchronized (lock) {
            running = false;
            left = List.copyOf(listeners);
            listeners.clear();
        }
        left.forEach(LiveListener::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ends the streams before the web server waits for them. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
