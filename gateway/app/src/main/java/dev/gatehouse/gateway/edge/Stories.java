package dev.gatehouse.gateway.edge;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Runs each request's story on a virtual thread of its own, and bounds how many there are. */
@Component
public final class Stories {

    private final Semaphore room;

    Stories(EdgeProperties properties) {
        room = new Semaphore(properties.exchanges());
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
}
