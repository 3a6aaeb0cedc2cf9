package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Doubt;
import dev.gatehouse.gateway.audit.Intent;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.audit.Pending;
import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.audit.TicketFixture;
import dev.gatehouse.gateway.backend.Backend;
import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Transcript;
import dev.gatehouse.gateway.guard.ScreenedFixture;
import dev.gatehouse.gateway.guard.Verdict;
import dev.gatehouse.gateway.metering.MeteringFixture;
import dev.gatehouse.gateway.quota.Admission;
import dev.gatehouse.gateway.quota.Demand;
import dev.gatehouse.gateway.quota.ReservationFixture;
import dev.gatehouse.gateway.routing.Plan;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Tariff;
import dev.gatehouse.gateway.vocabulary.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The rooms around a story. All say yes until a test says otherwise, and all write down what they are asked. */
final class Rooms {

    final List<String> events = new ArrayList<>();
    final List<Intent> intents = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Dispatch> dispatches = new ArrayList<>();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Arrival arrival = new Arrival(IntentId.next(Clock.systemUTC()), "127.0.0.1", System.nanoTime());

    Supplier<Admission> quota = () -> new Admission.Admitted(
            ReservationFixture.of(Samples.WORK.bound(), () -> events.add("settle")), Standing.UNLIMITED);
    final List<Demand> demands = new ArrayList<>();
    Tariff tariff = Tariff.NONE;
    Runnable intending = () -> {};
    Supplier<Ticket> durable = () -> TicketFixture.of(arrival.id());
    Function<Work, Verdict> guard = work -> new Verdict.Cleared(ScreenedFixture.of(work));
    Supplier<Plan> routing = () -> new Plan.NoRoute(Samples.problem(Code.NO_NODE));
    Runnable opening = () -> {};
    boolean continuing = true;
    Supplier<Boolean> concluding = () -> true;
    UnaryOperator<Outcome> recording = UnaryOperator.identity();

    /** A plan of one node for each flow: worker-1, worker-2 and so on. */
    Rooms answering(ScriptedFlow... flows) {
        List<Candidate> candidates = new ArrayList<>();
        for (ScriptedFlow flow : flows) {
            NodeName node = new NodeName("worker-" + (candidates.size() + 1));
            candidates.add(new Candidate(new Scripted(flow), node, Samples.WORK.model(), Samples.PRICE));
        }
        routing = () -> new Plan.Candidates(candidates);
        return this;
    }

    private final class Scripted implements Backend {

        private final ScriptedFlow flow;

        Scripted(ScriptedFlow flow) {
            this.flow = flow;
        }

        @Override
        public Flow open(Dispatch dispatch, Sink client) {
            events.add("open " + dispatch.where().node() + " " + dispatch.attempt());
            dispatches.add(dispatch);
            opening.run();
            return flow.telling(events::add);
        }

        @Override
        public boolean continues(Candidate begun, Candidate next) {
            return continuing;
        }

        @Override
        public Flow resume(Dispatch dispatch, Transcript sent, Sink client) {
            events.add("resume " + dispatch.where().node() + " " + dispatch.attempt() + " after " + sent.ids().length);
            dispatches.add(dispatch);
            return flow.telling(events::add);
        }
    }

    void run() {
        exchanges().run(arrival, Samples.CALLER, Samples.WORK, new ToldSink(events::add));
    }

    Outcome outcome() {
        return outcomes.getLast();
    }

    double counted(String kind, String code) {
        return metrics.get("gatehouse.requests")
                .tags("kind", kind, "code", code)
                .counter()
                .count();
    }

    private Exchanges exchanges() {
        return new Exchanges(
                new PricedCatalog(Samples.PRICE, tariff),
                (caller, demand) -> {
                    demands.add(demand);
                    return asked("admit", quota);
                },
                new WrittenAudit(),
                (tenant, work) -> asked("screen", () -> guard.apply(work)),
                (caller, work, arrived) -> asked("plan", routing),
                new Conclusions(new WrittenAudit(), MeteringFixture.of(metrics), new OutcomeMeters(metrics)));
    }

    private <T> T asked(String what, Supplier<T> answer) {
        events.add(what);
        return answer.get();
    }

    private final class WrittenAudit implements Audit {

        @Override
        public Pending intend(Intent intent) {
            events.add("intend");
            intending.run();
            intents.add(intent);
            return deadline -> asked("durable", durable);
        }

        @Override
        public CompletableFuture<Boolean> concluding(Outcome outcome, Duration deadline, Consumer<Outcome> recorded) {
            events.add("conclude " + outcome.kind());
            outcomes.add(outcome);
            boolean durable = concluding.get();
            recorded.accept(recording.apply(outcome));
            return CompletableFuture.completedFuture(durable);
        }

        @Override
        public List<Doubt> doubts() {
            throw new AssertionError("a story has no business with doubts");
        }

        @Override
        public List<Orphan> orphans() {
            throw new AssertionError("a story has no business with orphans");
        }
    }
}
