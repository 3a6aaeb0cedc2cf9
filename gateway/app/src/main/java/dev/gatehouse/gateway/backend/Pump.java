package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.quota.Grant;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Carries an answer from an upstream through the guard's filters to the client, on the client's event loop, and holds back its end.
 * An upstream calls {@link #spans}, then one of {@link #ended}, {@link #refused} and {@link #lost}, all on the event loop.
 */
public final class Pump implements Flow {

    /** A cap is raised this many tokens before it is reached, so that generation need not pause. */
    private static final long MARGIN = 32;

    private final Sink client;
    private final Filters filters;
    private final Upstream upstream;
    private final long bound;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();

    private long cap;
    private boolean asked;
    private boolean capped;
    private boolean closed;
    private boolean wrote;
    private final Arrived arrived;
    private final List<Span> held = new ArrayList<>();
    private Reason reason = Reason.STOP;
    private volatile Usage usage = Usage.NONE;
    private volatile long seen;
    private volatile long firstToken;

    /**
     * @param cap completion tokens granted
     * @param bound completion tokens that the request itself allows
     */
    public Pump(Sink client, Filters filters, Upstream upstream, long cap, long bound) {
        this(client, filters, upstream, cap, bound, new Arrived());
    }

    /** Goes on with an answer that another upstream has begun. */
    public Pump(Sink client, Transcript sent, Upstream upstream, long cap, long bound) {
        this(client, sent.filters(), upstream, cap, bound, new Arrived(sent));
        wrote = true;
        seen = sent.ids().length;
        firstToken = sent.firstTokenNanos();
    }

    private Pump(Sink client, Filters filters, Upstream upstream, long cap, long bound, Arrived arrived) {
        this.client = client;
        this.filters = filters;
        this.upstream = upstream;
        this.cap = cap;
        this.bound = bound;
        this.arrived = arrived;
    }

    /** Starts to listen for the client's leaving. */
    public void start() {
        client.onGone(cause -> close(new Turn.Left(cause)));
    }

    /** Whether the answer has come to its last turn: what still arrives is dropped. */
    public boolean closed() {
        return closed;
    }

    public void spans(List<Span> spans) {
        if (closed || spans.isEmpty()) {
            return;
        }
        seen = Math.max(seen, spans.getLast().at());
        spans.forEach(arrived::add);
        switch (filters.pass(spans)) {
            case Filters.Passed.Clear(List<Span> free) -> write(free);
            case Filters.Passed.Cut cut -> cut(cut);
        }
        askForMore();
    }

    public void ended(Reason why, Usage used) {
        if (closed) {
            return;
        }
        switch (filters.finish()) {
            case Filters.Passed.Clear(List<Span> rest) -> endHeld(rest, why, used);
            case Filters.Passed.Cut cut -> cut(cut);
        }
    }

    public void refused(Problem why) {
        close(new Turn.Refused(why));
    }

    public void lost(Problem why) {
        if (closed) {
            return;
        }
        boolean shown = wrote && !client.restart();
        close(shown ? new Turn.Lost(why, true, arrived.transcript(seen, filters, firstToken)) : Turn.Lost.unseen(why));
    }

    @Override
    public Turn await() {
        try {
            return turns.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Turn.Left(Cause.SHUTDOWN);
        }
    }

    @Override
    public void grant(Grant grant) {
        client.loop().execute(() -> {
            cap = grant.total();
            asked = false;
            capped = grant instanceof Grant.Capped;
            upstream.cap(cap, capped);
        });
    }

    @Override
    public Usage stop(Cause why) {
        Usage used = upstream.stop(why, seen);
        usage = used;
        return used;
    }

    @Override
    public boolean asked() {
        return upstream.asked();
    }

    @Override
    public void release() {
        client.loop().execute(() -> {
            send(List.copyOf(held));
            client.end(reason, usage);
        });
    }

    @Override
    public void fail(Problem problem) {
        client.loop().execute(() -> client.fail(problem));
    }

    @Override
    public long firstTokenNanos() {
        return firstToken;
    }

    /** Writes all but the ends of choices, which are held: nothing of a choice follows its end. */
    private void write(List<Span> free) {
        if (!finishes(free)) {
            send(free);
            return;
        }
        List<Span> now = new ArrayList<>(free.size());
        for (Span span : free) {
            (finishes(span) ? held : now).add(span);
        }
        send(now);
    }

    private static boolean finishes(List<Span> spans) {
        for (Span span : spans) {
            if (finishes(span)) {
                return true;
            }
        }
        return false;
    }

    private static boolean finishes(Span span) {
        for (Delta delta : span.deltas()) {
            if (delta instanceof Delta.Finish) {
                return true;
            }
        }
        return false;
    }

    private void cut(Filters.Passed.Cut cut) {
        write(cut.before());
        reason = Reason.CONTENT_FILTER;
        close(new Turn.Cut(cut.rule()));
    }

    private void send(List<Span> free) {
        if (free.isEmpty()) {
            return;
        }
        if (!wrote) {
            wrote = true;
            firstToken = System.nanoTime();
        }
        client.spans(free);
    }

    private void endHeld(List<Span> rest, Reason why, Usage used) {
        reason = capped && why == Reason.LENGTH && used.completion() >= cap ? Reason.BUDGET : why;
        held.addAll(rest);
        usage = used;
        close(new Turn.Ended(used, reason));
    }

    private void askForMore() {
        if (!closed && !asked && !capped && cap < bound && seen + MARGIN >= cap) {
            asked = true;
            turns.add(new Turn.NeedsMore(cap));
        }
    }

    private void close(Turn last) {
        if (!closed) {
            closed = true;
            turns.add(last);
        }
    }
}
