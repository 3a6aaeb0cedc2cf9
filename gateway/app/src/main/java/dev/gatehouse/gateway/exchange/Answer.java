package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Transcript;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.guard.Screened;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The one loop over a flow's turns: more tokens, the next candidate, which may go on with what a lost one has begun, or the end. */
final class Answer {

    /** Completion tokens asked for at a time when an answer reaches its cap. */
    private static final long STEP = 256;

    private final Story story;
    private final Screened what;
    private final Reservation held;
    private final Ticket ticket;

    Answer(Story story, Screened what, Reservation held, Ticket ticket) {
        this.story = story;
        this.what = what;
        this.held = held;
        this.ticket = ticket;
    }

    /** Tries the candidates in order until one of them ends the story. */
    void from(List<Candidate> candidates) {
        Queue<Candidate> rest = new ArrayDeque<>(candidates);
        Optional<Attempt> now = Optional.of(opened(rest.remove(), 1));
        while (now.isPresent()) {
            now = next(now.get(), rest);
        }
    }

    /** One dispatch; {@code lost} is the one whose answer it goes on with. */
    private record Attempt(Flow flow, Candidate where, int number, Optional<Loss> lost) {}

    /** An answer that the client has seen the beginning of, and whose upstream is gone. */
    private record Loss(Candidate by, Problem why, Optional<Transcript> seen) {}

    private Attempt opened(Candidate where, int number) {
        Dispatch dispatch = new Dispatch(what, held, story.caller().tenant(), ticket, where, number);
        return new Attempt(where.backend().open(dispatch, story.client()), where, number, Optional.empty());
    }

    /** Follows a flow to its last turn; the attempt that comes after it, if one does. */
    private Optional<Attempt> next(Attempt now, Queue<Candidate> rest) {
        Flow flow = now.flow();
        while (true) {
            switch (flow.await()) {
                case Turn.NeedsMore more -> grantMore(now);
                case Turn.Lost(Problem why, boolean wrote, Optional<Transcript> seen) -> {
                    // Our own node's failure is counted and not charged.
                    waive(now, flow.stop(Cause.LOST));
                    return wrote ? resumed(now, new Loss(now.where(), why, seen), rest) : retried(now, why, rest);
                }
                case Turn.Refused(Problem why) -> {
                    waive(now, Usage.NONE);
                    return now.lost().isPresent()
                            ? resumed(now, now.lost().get(), rest)
                            : triedElsewhere(now, why, rest);
                }
                case Turn.Cut(RuleId rule) -> {
                    charge(now, flow.stop(Cause.CUT));
                    story.cut(flow, rule);
                    return Optional.empty();
                }
                case Turn.Left(Cause why) -> {
                    left(now, flow.stop(why));
                    story.left(flow, why);
                    return Optional.empty();
                }
                case Turn.Ended(Usage usage, Reason why) -> {
                    charge(now, usage);
                    story.completed(flow, why);
                    return Optional.empty();
                }
            }
        }
    }

    private Optional<Attempt> retried(Attempt now, Problem why, Queue<Candidate> rest) {
        if (rest.isEmpty()) {
            story.lost(now.flow(), why);
            return Optional.empty();
        }
        return Optional.of(opened(rest.remove(), now.number() + 1));
    }

    private Optional<Attempt> triedElsewhere(Attempt now, Problem why, Queue<Candidate> rest) {
        if (rest.isEmpty() || !mayHelp(why)) {
            story.refused(now.flow(), why);
            return Optional.empty();
        }
        return Optional.of(opened(rest.remove(), now.number() + 1));
    }

    /** Goes on at the first candidate that can say what the lost one would have said. */
    private Optional<Attempt> resumed(Attempt now, Loss loss, Queue<Candidate> rest) {
        while (loss.seen().isPresent() && isOne() && !rest.isEmpty()) {
            Candidate where = rest.remove();
            if (where.backend().continues(loss.by(), where)) {
                return Optional.of(
                        resumed(where, now.number() + 1, loss, loss.seen().get()));
            }
        }
        story.lost(now.flow(), loss.why());
        return Optional.empty();
    }

    private Attempt resumed(Candidate where, int number, Loss loss, Transcript seen) {
        makeRoom(seen);
        Dispatch dispatch = new Dispatch(what, held, story.caller().tenant(), ticket, where, number);
        Flow flow = where.backend().resume(dispatch, seen, story.client());
        return new Attempt(flow, where, number, Optional.of(loss));
    }

    private boolean isOne() {
        return what.work().bound().choices() == 1;
    }

    /** The answer is to come some way before it needs more: its node can not be told of a cap while it has yet to begin. */
    private void makeRoom(Transcript seen) {
        boolean scarce = held.granted() - seen.ids().length < STEP;
        if (scarce && held.granted() < what.work().bound().maxCompletion()) {
            held.more(STEP);
        }
    }

    private void grantMore(Attempt now) {
        try {
            now.flow().grant(held.more(STEP));
        } catch (RuntimeException failed) {
            // Nobody follows the flow any longer, so it must not go on by itself.
            waive(now, now.flow().stop(Cause.LOST));
            throw failed;
        }
    }

    /** Who leaves owes what was accepted, and nothing for what never left the gateway. */
    private void left(Attempt now, Usage usage) {
        if (now.flow().asked()) {
            charge(now, usage);
        } else {
            waive(now, usage);
        }
    }

    private void charge(Attempt now, Usage usage) {
        story.charge(now.where().node(), now.number(), usage, now.where().price(), true);
    }

    private void waive(Attempt now, Usage usage) {
        story.charge(now.where().node(), now.number(), usage, now.where().price(), false);
    }

    /** A caller's mistake is one everywhere. */
    private static boolean mayHelp(Problem why) {
        return why.code().kind() != Code.Kind.CALLER;
    }
}
