package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Call;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.node.MockNode;
import dev.gatehouse.bench.node.Script;
import dev.gatehouse.bench.node.Sighting;
import dev.gatehouse.bench.report.Series;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hangs up on a target and takes the time until the node hears of it. */
final class Cancels {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONG_MS = 30_000;
    private static final int SETTLE_MS = 100;
    private static final double MS = 1e6;

    private final Client client;
    private final MockNode node;
    private int used;

    Cancels(Client client, MockNode node) {
        this.client = client;
        this.node = node;
    }

    /** When in an answer's life the caller hangs up. */
    enum Moment {
        BEFORE_FIRST_BYTE("before_first_byte", Script.paced(16, 0).after(LONG_MS), true),
        SILENT_STREAM("silent_stream", Script.paced(16, LONG_MS), true),
        NON_STREAMED("non_streamed", Script.paced(1_500, 20), false);

        private final String word;
        private final Script script;
        private final boolean stream;

        Moment(String word, Script script, boolean stream) {
            this.word = word;
            this.script = script;
            this.stream = stream;
        }

        String word() {
            return word;
        }
    }

    /**
     * Milliseconds from the caller's close to the node's stop, one a try.
     *
     * @throws WrongAnswerException if the node does not hear of it within 10 s
     */
    Series measureMs(Target target, Moment moment, int tries) throws InterruptedException {
        double[] all = new double[tries];
        for (int i = 0; i < tries; i++) {
            all[i] = once(target, moment) / MS;
        }
        return new Series(all);
    }

    private long once(Target target, Moment moment) throws InterruptedException {
        String tag = "cancel-" + used++;
        Sighting sighting = node.watch(tag);
        Call call = client.open(target.request(moment.script.tagged(tag), moment.stream), LIMIT);
        await(sighting.started(), target, moment, "began");
        if (moment == Moment.SILENT_STREAM) {
            await(call.firstContent(), target, moment, "was heard of by the caller");
        }
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        if (call.over()) {
            throw new WrongAnswerException(describe(target, moment) + ": the answer ended before the caller hung up");
        }
        long hungUp = call.hangUp();
        return Math.max(0, await(sighting.stopped(), target, moment, "was stopped at the node") - hungUp);
    }

    private static long await(CompletableFuture<Long> instant, Target target, Moment moment, String what)
            throws InterruptedException {
        try {
            return instant.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new WrongAnswerException(
                    describe(target, moment) + ": not within " + LIMIT.toSeconds() + " s that the exchange " + what);
        }
    }

    private static String describe(Target target, Moment moment) {
        return target.name() + ", hanging up " + moment.word;
    }
}
