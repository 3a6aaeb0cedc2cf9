package dev.gatehouse.bench.node;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** When watched exchanges began and when they were stopped by the other side. */
final class Sightings {

    private final ConcurrentHashMap<String, Sighting> watched = new ConcurrentHashMap<>();

    Sighting watch(String tag) {
        Sighting sighting = new Sighting(new CompletableFuture<>(), new CompletableFuture<>());
        if (watched.putIfAbsent(tag, sighting) != null) {
            throw new IllegalArgumentException("the tag " + tag + " is being watched already");
        }
        return sighting;
    }

    /** Stops the playback when its connection closes, and notes its start and its stop under the tag. */
    void follow(ServiceRequestContext ctx, String tag, Playback playback) {
        Runnable unlisten = Disconnect.listen(ctx, () -> playback.stop(Reason.DISCONNECTED));
        started(tag);
        playback.ended().thenAccept(reason -> {
            unlisten.run();
            if (reason == Reason.CANCELLED || reason == Reason.DISCONNECTED) {
                stopped(tag);
            }
        });
    }

    void started(String tag) {
        Sighting sighting = watched.get(tag);
        if (sighting != null) {
            sighting.started().complete(System.nanoTime());
        }
    }

    void stopped(String tag) {
        Sighting sighting = watched.get(tag);
        if (sighting != null) {
            sighting.stopped().complete(System.nanoTime());
        }
    }
}
