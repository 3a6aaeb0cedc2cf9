package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Intent;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.guard.Coverage;
import dev.gatehouse.gateway.guard.PolicyVersion;
import dev.gatehouse.gateway.guard.Screened;
import dev.gatehouse.gateway.guard.Verdict;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Sha256;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Usage;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What has happened to one request so far, and its one end: settled once, concluded once, and only then told to the client. */
final class Story {

    private static final Problem TOO_LONG =
            Problem.of(Code.DEADLINE, "The answer took longer than the gateway allows. Ask for a shorter one.");
    private static final Problem SHUTTING_DOWN = Problem.of(
            Code.SHUTTING_DOWN, "The gateway is shutting down and ended this answer. Send the request again.");

    private static final Problem WITHHELD = Problem.of(
            Code.AUDIT_UNAVAILABLE,
            "The answer is complete, but its record could not be written, so it is withheld. Try again later.");

    private final Arrival arrival;
    private final Caller caller;
    private final Work work;
    private final Sink client;
    private final Terms terms;
    private final Reservation held;
    private final Conclusions conclusions;
    private final List<Outcome.Attempt> attempts = new ArrayList<>(1);
    private String policy = "";
    private String coverage = "{}";
    private boolean concluded;

    Story(
            Arrival arrival,
            Caller caller,
            Work work,
            Sink client,
            Terms terms,
            Reservation held,
            Conclusions conclusions) {
        this.arrival = arrival;
        this.caller = caller;
        this.work = work;
        this.client = client;
        this.terms = terms;
        this.held = held;
        this.conclusions = conclusions;
    }

    Instant arrived() {
        return arrival.id().at();
    }

    IntentId id() {
        return arrival.id();
    }

    Caller caller() {
        return caller;
    }

    Work work() {
        return work;
    }

    Sink client() {
        return client;
    }

    Reservation held() {
        return held;
    }

    Intent intent() {
        return new Intent(
                arrival.id(),
                caller,
                work.wire().dialect(),
                work.model(),
                work.bound(),
                arrival.address(),
                Sha256.hex(work.wire().body()));
    }

    void screened(Screened what) {
        guarded(what.policy(), what.coverage());
    }

    /** @param due whether the caller owes it */
    void charge(NodeName node, int attempt, Usage usage, Price price, boolean due) {
        long cost = terms.tariff().of(usage.meters());
        attempts.add(new Outcome.Attempt(node.value(), new Charge(attempt, usage, price, cost, due)));
    }

    /** Policy refused the request. */
    void blocked(Verdict.Blocked blocked) {
        guarded(blocked.policy(), blocked.coverage());
        Outcome outcome = outcome(
                Outcome.Kind.REFUSED,
                Optional.of(blocked.why().code()),
                Optional.empty(),
                Optional.of(blocked.rule()),
                0);
        conclude(outcome, durable -> tell(blocked.why()));
    }

    /** Nothing can answer the request. */
    void refused(Problem why) {
        conclude(ended(Outcome.Kind.REFUSED, why, 0), durable -> tell(why));
    }

    /** The gateway itself could not go on. An intent that never became durable has no outcome. */
    void failed(Problem why) {
        if (why.code() == Code.AUDIT_UNAVAILABLE || why.code() == Code.SHUTTING_DOWN) {
            conclusions.unaudited(held, why);
            tell(why);
        } else {
            conclude(ended(Outcome.Kind.FAILED, why, 0), durable -> tell(why));
        }
    }

    /** The node itself said no. */
    void refused(Flow flow, Problem why) {
        conclude(ended(Outcome.Kind.REFUSED, why, 0), durable -> flow.fail(why));
    }

    /** The upstream is gone, and there is nobody else to ask. */
    void lost(Flow flow, Problem why) {
        conclude(ended(Outcome.Kind.FAILED, why, flow.firstTokenNanos()), durable -> flow.fail(why));
    }

    void left(Flow flow, Cause why) {
        Problem problem = why == Cause.SHUTDOWN ? SHUTTING_DOWN : TOO_LONG;
        Optional<Code> code = why == Cause.CLIENT_GONE ? Optional.empty() : Optional.of(problem.code());
        Outcome outcome =
                outcome(Outcome.Kind.LEFT, code, Optional.of(lower(why)), Optional.empty(), flow.firstTokenNanos());
        conclude(outcome, durable -> flow.fail(problem));
    }

    void cut(Flow flow, RuleId rule) {
        release(
                flow,
                outcome(
                        Outcome.Kind.CUT,
                        Optional.of(Code.CONTENT_POLICY),
                        Optional.of(lower(Reason.CONTENT_FILTER)),
                        Optional.of(rule),
                        flow.firstTokenNanos()));
    }

    void completed(Flow flow, Reason why) {
        release(
                flow,
                outcome(
                        Outcome.Kind.COMPLETED,
                        Optional.empty(),
                        Optional.of(lower(why)),
                        Optional.empty(),
                        flow.firstTokenNanos()));
    }

    private void release(Flow flow, Outcome outcome) {
        conclude(outcome, durable -> {
            if (durable) {
                flow.release();
            } else {
                flow.fail(WITHHELD);
            }
        });
    }

    /** Only the first end counts: a defect after it may bring a second one. */
    private void conclude(Outcome outcome, Consumer<Boolean> then) {
        if (concluded) {
            then.accept(false);
        } else {
            concluded = true;
            conclusions.conclude(held, work, outcome, then);
        }
    }

    private void tell(Problem why) {
        client.loop().execute(() -> client.fail(why));
    }

    private void guarded(PolicyVersion version, Coverage seen) {
        policy = version.value();
        coverage = seen.json();
    }

    private Outcome outcome(
            Outcome.Kind kind,
            Optional<Code> code,
            Optional<String> reason,
            Optional<RuleId> rule,
            long firstTokenNanos) {
        return new Outcome(
                arrival.id(),
                caller,
                work.model(),
                work.wire().dialect(),
                OptionalLong.empty(),
                kind,
                code,
                reason,
                rule,
                policy,
                coverage,
                List.copyOf(attempts),
                firstTokenNanos == 0 ? -1 : since(firstTokenNanos),
                since(System.nanoTime()));
    }

    private Outcome ended(Outcome.Kind kind, Problem why, long firstTokenNanos) {
        return outcome(kind, Optional.of(why.code()), Optional.empty(), Optional.empty(), firstTokenNanos);
    }

    private double since(long nanos) {
        return (nanos - arrival.nanos()) / 1e6;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
