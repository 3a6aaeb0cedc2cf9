package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A listener with what it has not taken yet. */
final class LiveListener implements LiveRequests.Listening {

    /** So many wait for it. */
    static final int ROOM = 256;

    private final Actor actor;
    private final Requests.Whose whose;
    private final Requests.Marks marks;
    private final Consumer<LiveListener> leave;
    private final BlockingQueue<Request> waiting = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean over;

    /** @param leave takes it off the list of listeners */
    LiveListener(Actor actor, Requests.Whose whose, Requests.Marks marks, Consumer<LiveListener> leave) {
        this.actor = actor;
        this.whose = whose;
        this.marks = marks;
        this.leave = leave;
    }

    Actor actor() {
        return actor;
    }

    /** Takes a request that the user may see, if it is one that is wanted. */
    void tell(Request request) {
        if (whose.holds(request) && marks.hold(request) && !waiting.offer(request)) {
            dropped.incrementAndGet();
        }
    }

    /** Some were passed over before anyone looked whether they are wanted. */
    void missed(int some) {
        dropped.addAndGet(some);
    }

    void end() {
        over = true;
    }

    @Override
    public Optional<Request> next(Duration wait) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public long dropped() {
        return dropped.getAndSet(0);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        leave.accept(this);
    }
}
