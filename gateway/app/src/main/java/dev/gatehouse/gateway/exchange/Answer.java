package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.guard.Screened;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.Iterator;
import java.util.List;

/** The one loop over a flow's turns: more tokens, the next candidate, or the end. */
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
        Iterator<Candidate> rest = candidates.iterator();
        for (int attempt = 1; rest.hasNext(); attempt++) {
            Candidate where = rest.next();
            Dispatch dispatch = new Dispatch(what, held, story.caller().tenant(), ticket, where, attempt);
            Flow flow = where.backend().open(dispatch, story.client());
            if (ended(new Attempt(flow, where, attempt), rest.hasNext())) {
                return;
            }
        }
    }

    /** One dispatch. */
    private record Attempt(Flow flow, Candidate where, int number) {}

    /** Follows a flow to its last turn; false when the next candidate is to be tried. */
    private boolean ended(Attempt now, boolean others) {
        Flow flow = now.flow();
        while (true) {
            switch (flow.await()) {
                case Turn.NeedsMore more -> grantMore(now);
                case Turn.Lost(Problem why, boolean wrote) -> {
                    // Our own node's failure is counted and not charged.
                    waive(now, flow.stop(Cause.LOST));
                    return !wrote && others ? false : story.lost(flow, why);
                }
                case Turn.Refused(Problem why) -> {
                    waive(now, Usage.NONE);
                    return others && mayHelp(why) ? false : story.refused(flow, why);
                }
                case Turn.Cut(RuleId rule) -> {
                    charge(now, flow.stop(Cause.CUT));
                    return story.cut(flow, rule);
                }
                case Turn.Left(Cause why) -> {
                    left(now, flow.stop(why));
                    return story.left(flow, why);
                }
                case Turn.Ended(Usage usage, Reason why) -> {
                    charge(now, usage);
                    return story.completed(flow, why);
                }
            }
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
