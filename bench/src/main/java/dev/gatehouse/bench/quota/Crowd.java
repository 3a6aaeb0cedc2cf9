package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.node.Script;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Callers who all call at once, spread over all gateways. */
final class Crowd {

    static final int CALLERS = 1_000;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int DELTAS = 20;
    private static final int PACE_MS = 20;
    private static final Script ANSWER = Script.paced(DELTAS, PACE_MS);

    private final Installation installation;
    private final Budget budget;
    private final Scenario scenario;
    private final AtomicInteger turn = new AtomicInteger();

    Crowd(Installation installation, Budget budget, Scenario scenario) {
        this.installation = installation;
        this.budget = budget;
        this.scenario = scenario;
    }

    /**
     * Returns when every caller knows its end: how often each happened.
     *
     * @param meanwhile is run beside them
     */
    Map<Ending, Integer> call(Meanwhile meanwhile) throws InterruptedException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ending>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(callers.submit(caller(i)));
            }
            try {
                meanwhile.run();
                return counted(calls);
            } finally {
                calls.forEach(call -> call.cancel(true));
            }
        }
    }

    /** What happens while the callers call. */
    interface Meanwhile {
        void run() throws InterruptedException;
    }

    private Caller caller(int number) {
        boolean vanishes = scenario.vanishes(number);
        String body = Question.json(ANSWER, vanishes || number % 2 == 0);
        return new Caller(installation.http(), gateways(), budget.key().secret(), body, vanishes);
    }

    /** Another gateway at each try. */
    private Supplier<URI> gateways() {
        return () -> {
            int all = installation.gatehouse().gateways();
            return installation.gatehouse().url(1 + turn.getAndIncrement() % all);
        };
    }

    private static Map<Ending, Integer> counted(List<Future<Ending>> calls) throws InterruptedException {
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (Future<Ending> call : calls) {
            endings.merge(ending(call, deadline - System.nanoTime()), 1, Integer::sum);
        }
        return endings;
    }

    private static Ending ending(Future<Ending> call, long nanos) throws InterruptedException {
        try {
            return call.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new WrongAnswerException(
                    "a caller was told to try again for " + LIMIT.toMinutes() + " minutes and never got an end");
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case WrongAnswerException wrong -> wrong;
                case NotReadyException missing -> missing;
                case null, default -> new IllegalStateException(failed.getCause());
            };
        }
    }
}
