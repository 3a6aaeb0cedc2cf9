package dev.gatehouse.gateway.edge;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Runs each request's story on a virtual thread of its own, and bounds how many there are. */
@Component
public final class Stories {

    private final int most;
    private final Semaphore room;

    Stories(EdgeProperties properties) {
        most = properties.exchanges();
        room = new Semaphore(most);
    }

    /** Starts a story, unless there are too many: then nothing is run and the answer is false. */
    public boolean start(Runnable story) {
        if (!room.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("story").start(() -> {
            try {
                story.run();
            } finally {
                room.release();
            }
        });
        return true;
    }

    /** Waits until every story has been told; those that come later are refused. */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        return room.tryAcquire(most, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
