package dev.gatehouse.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Callers that each send the next request when the last one was answered: it saturates, and is no measure of latency.
 *
 * @param callers connections in use all the time, at least 1
 * @param stagger time over which the callers' first requests are spread
 * @param length after this time a caller sends no further request
 * @param most requests of one caller, at least 1
 */
public record ClosedLoop(int callers, Duration stagger, Duration length, int most) {

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** All callers at once, for a time. */
    public static ClosedLoop saturating(int callers, Duration length) {
        return new ClosedLoop(callers, Duration.ZERO, length, Integer.MAX_VALUE);
    }

    /** A fixed number of requests a caller. */
    public static ClosedLoop counted(int callers, Duration stagger, int each) {
        return new ClosedLoop(callers, stagger, Duration.ofHours(1), each);
    }

    /**
     * Runs it to its end.
     *
     * @param bound the longest time that one answer may take
     * @throws WrongAnswerException if an answer is missing that long after it was due
     */
    public Tally run(Client client, Request request, Expected expected, Duration bound) {
        Run run = new Run(this, client, request, expected);
        client.loop().execute(run::start);
        return Client.await(run.ended, limit(bound), "the end of " + callers + " callers");
    }

    private Duration limit(Duration bound) {
        Duration work = most == Integer.MAX_VALUE ? length : bound.multipliedBy(most);
        return stagger.plus(work).plus(bound).plus(GRACE);
    }

    /** One run, on the client's event loop. */
    private static final class Run {

        private final ClosedLoop plan;
        private final Client client;
        private final EventLoop loop;
        private final Request request;
        private final Expected expected;
        private final Tally tally = new Tally();
        private final CompletableFuture<Tally> ended = new CompletableFuture<>();
        private long stopAt;
        private int left;

        Run(ClosedLoop plan, Client client, Request request, Expected expected) {
            this.plan = plan;
            this.client = client;
            this.loop = client.loop();
            this.request = request;
            this.expected = expected;
        }

        void start() {
            long now = System.nanoTime();
            tally.started(now);
            stopAt = now + plan.length.toNanos();
            left = plan.callers;
            for (int i = 0; i < plan.callers; i++) {
                long delay = plan.stagger.toNanos() * i / plan.callers;
                loop.schedule(() -> open(), delay, TimeUnit.NANOSECONDS);
            }
        }

        private void open() {
            client.connect(request.to()).whenComplete((connection, fault) -> {
                if (fault == null) {
                    new Caller(this, connection).next();
                } else {
                    tally.failed("no connection: " + fault, System.nanoTime());
                    callerEnded();
                }
            });
        }

        private void callerEnded() {
            if (--left == 0) {
                ended.complete(tally);
            }
        }
    }

    private static final class Caller implements Connection.Listener {

        private final Run run;
        private final Connection connection;
        private int sent;
        private long sentAt;

        Caller(Run run, Connection connection) {
            this.run = run;
            this.connection = connection;
        }

        void next() {
            sentAt = System.nanoTime();
            if (sent == run.plan.most || sentAt - run.stopAt >= 0) {
                connection.close();
                run.callerEnded();
                return;
            }
            sent++;
            connection.send(run.request, false, this);
        }

        @Override
        public void answered(Answer answer) {
            long now = System.nanoTime();
            Optional<String> fault = run.expected.fault(answer);
            if (fault.isEmpty()) {
                run.tally.answered(now - sentAt, now);
                next();
            } else {
                broken(fault.get());
            }
        }

        /** One wrong answer is enough to void the run, so that its caller goes no further. */
        @Override
        public void broken(String why) {
            run.tally.failed(why, System.nanoTime());
            connection.close();
            run.callerEnded();
        }
    }
}
