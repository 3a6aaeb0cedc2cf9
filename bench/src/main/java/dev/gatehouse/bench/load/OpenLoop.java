package dev.gatehouse.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that are sent when they are due, whether or not earlier ones were answered. Latency counts from the time at
 * which a request was due: one that had to wait for a free connection, or that the generator itself sent late, is late.
 */
public final class OpenLoop {

    private final Client client;
    private final Ticker ticker;
    private final int most;

    /** @param most connections that are in use at a time; a request that finds none free waits for one */
    public OpenLoop(Client client, int most) {
        this(client, most, Ticker.SYSTEM);
    }

    OpenLoop(Client client, int most, Ticker ticker) {
        this.client = client;
        this.most = most;
        this.ticker = ticker;
    }

    /**
     * Runs a schedule to its end.
     *
     * @param bound the longest time that may pass from the last request to the last answer
     * @throws WrongAnswerException if an answer is missing after that time
     */
    public Tally run(Request request, Expected expected, Schedule schedule, Duration bound)
            throws InterruptedException {
        Run run = new Run(request, expected, schedule.offsets().length);
        Client.await(run.connectAll(), bound, "the connections of an open loop");
        long start = ticker.now();
        client.loop().execute(() -> run.tally.started(start));
        for (long offset : schedule.offsets()) {
            long due = start + offset;
            ticker.sleepUntil(due);
            client.loop().execute(() -> run.send(due));
        }
        return Client.await(run.ended, bound, "the last answer of an open loop");
    }

    /** One run, on the client's event loop. */
    private final class Run {

        private final Request request;
        private final Expected expected;
        private final Tally tally = new Tally();
        private final ArrayDeque<Connection> idle = new ArrayDeque<>();
        private final ArrayDeque<Long> waiting = new ArrayDeque<>();
        private final CompletableFuture<Tally> ended = new CompletableFuture<>();
        private int left;

        Run(Request request, Expected expected, int requests) {
            this.request = request;
            this.expected = expected;
            this.left = requests;
        }

        CompletableFuture<Void> connectAll() {
            CompletableFuture<?>[] opening = new CompletableFuture<?>[most];
            for (int i = 0; i < most; i++) {
                opening[i] = client.connect(request.to()).thenAccept(idle::add);
            }
            return CompletableFuture.allOf(opening);
        }

        void send(long due) {
            Connection free = idle.pollLast();
            if (free == null) {
                waiting.add(due);
            } else if (free.isOpen()) {
                send(free, due);
            } else {
                waiting.add(due);
                replace();
            }
        }

        private void send(Connection connection, long due) {
            connection.send(request, false, new Connection.Listener() {
                @Override
                public void answered(Answer answer) {
                    long now = ticker.now();
                    expected.fault(answer)
                            .ifPresentOrElse(why -> tally.failed(why, now), () -> tally.answered(now - due, now));
                    countDown();
                    reuse(connection);
                }

                @Override
                public void broken(String why) {
                    tally.failed(why, ticker.now());
                    countDown();
                    replace();
                }
            });
        }

        private void reuse(Connection connection) {
            Long due = waiting.poll();
            if (due != null) {
                send(connection, due);
            } else if (left > 0) {
                idle.add(connection);
            } else {
                connection.close();
            }
        }

        private void replace() {
            client.connect(request.to()).thenAccept(this::reuse);
        }

        private void countDown() {
            if (--left == 0) {
                ended.complete(tally);
                idle.forEach(Connection::close);
            }
        }
    }
}
