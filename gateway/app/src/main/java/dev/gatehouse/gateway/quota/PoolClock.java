package dev.gatehouse.gateway.quota;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The pool's clock as this gateway knows it, in microseconds since the epoch: what the pool said last, and the time since. */
final class PoolClock implements LongSupplier {

    /** What the pool says is late by the time it takes to arrive; only a clock that was set back is behind by more. */
    private static final long MOST_LATE = Duration.ofSeconds(1).toNanos() / 1_000;

    private static final long MICRO = 1_000;

    private final Ticker ticker;
    private volatile Mark mark;

    private record Mark(long micros, long nanos) {}

    PoolClock(Ticker ticker) {
        this.ticker = ticker;
        this.mark = new Mark(0, ticker.read());
    }

    /** The pool has just said what time it is. */
    void set(long micros) {
        long ahead = getAsLong() - micros;
        if (ahead < 0 || ahead > MOST_LATE) {
            mark = new Mark(micros, ticker.read());
        }
    }

    @Override
    public long getAsLong() {
        Mark last = mark;
        return last.micros + (ticker.read() - last.nanos) / MICRO;
    }
}
