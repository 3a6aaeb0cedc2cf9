package dev.gatehouse.worker.node;

import dev.gatehouse.worker.openai.EventStream;
import dev.gatehouse.worker.openai.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells who listens of the node's state when it changes, and of its load each second in which it has. */
final class Events implements AutoCloseable {

    private static final int QUIET_SECONDS = 15;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final Readiness readiness;
    private final Set<EventStream> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node-events").daemon().factory());
    private byte[] lastLoad = NOTHING;
    private int quiet;

    Events(Readiness readiness) {
        this.readiness = readiness;
        readiness.onChange(() -> tell(state()));
        clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Begins with how things are. */
    void listen(EventStream stream) {
        stream.send(state());
        stream.send(load());
        listeners.add(stream);
        stream.onGone(() -> listeners.remove(stream));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        listeners.forEach(stream -> stream.finish(NOTHING));
    }

    /** A comment now and then keeps what is between from taking the connection for dead. */
    private void tick() {
        byte[] load = load();
        if (!Arrays.equals(load, lastLoad)) {
            lastLoad = load;
            quiet = 0;
            tell(load);
        } else if (++quiet == QUIET_SECONDS) {
            quiet = 0;
            tell(COMMENT);
        }
    }

    private void tell(byte[] event) {
        listeners.forEach(stream -> stream.send(event));
    }

    private byte[] state() {
        return new JsonBytes()
                .raw("data: {\"state\":")
                .string(readiness.state().text())
                .raw("}\n\n")
                .toBytes();
    }

    private byte[] load() {
        return StatusService.load(new JsonBytes().raw("data: {"), readiness.load())
                .raw("}\n\n")
                .toBytes();
    }
}
