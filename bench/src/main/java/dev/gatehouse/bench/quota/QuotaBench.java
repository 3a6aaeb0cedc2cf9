package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.node.Script;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thousand callers of ten cents each on a budget of five, undisturbed and disturbed; and what a call costs the database. */
final class QuotaBench {

    private static final long PRICE = 100_000_000;
    private static final long AMOUNT = 50 * PRICE;
    private static final long PLENTY = 10_000_000 * PRICE;

    /** So many exchanges are under way or over when a gateway is killed. */
    private static final int KILLED_AFTER = 15;

    private static final int STEADY_CALLERS = 16;
    private static final Script BRIEF = Script.burst(4);

    private final Installation installation;
    private final int roundsEach;
    private final Report report;
    private final PrintStream narration;
    private long overshoot;

    /** @param roundsEach calls of each caller while the calls of the database are counted */
    QuotaBench(Installation installation, int roundsEach, Report report, PrintStream narration) {
        this.installation = installation;
        this.roundsEach = roundsEach;
        this.report = report;
        this.narration = narration;
    }

    /** @return the most by which a budget was passed, nano-units */
    long run() throws InterruptedException {
        installation.price(PRICE);
        databaseCalls();
        admitted(Scenario.CALM);
        admitted(Scenario.ROUGH);
        return overshoot;
    }

    private void admitted(Scenario scenario) throws InterruptedException {
        Budget budget = installation.budget("bench" + scenario.suffix(), AMOUNT);
        long accepted = installation.node().accepted();
        Watch watch = Watch.begin(installation.database(), budget);
        Map<Ending, Integer> endings = new Crowd(installation, budget, scenario).call(() -> {
            if (scenario.kill()) {
                killOne(accepted + KILLED_AFTER);
            }
        });
        narration.printf("%s%s: %s%n", gateways(), scenario.suffix(), endings);
        settled(budget);
        Watch.Seen seen = watch.end();
        narration.printf("looked %,d times, %,d nano-units too much%n", seen.looks(), seen.overshoot());
        overshoot = Math.max(overshoot, seen.overshoot());
        owed(budget, scenario, installation.node().accepted() - accepted);
    }

    private void killOne(long accepted) throws InterruptedException {
        installation.await(() -> installation.node().accepted() >= accepted, "the callers do not reach the node");
        int last = installation.gatehouse().gateways();
        narration.println("killing gateway-" + last);
        installation.gatehouse().kill(last);
    }

    /** Waits until every call has an outcome and nothing is leased any more. */
    private void settled(Budget budget) throws InterruptedException {
        installation.await(
                () -> installation.database().read(budget.openSql()) == 0,
                "calls have no outcome, or units of the budget have not come back");
    }

    private void owed(Budget budget, Scenario scenario, long accepted) {
        Sums sums = installation.database().read(budget.sumsSql(), Sums::read);
        narration.println(sums);
        if (!sums.agree(accepted)) {
            throw new WrongAnswerException("the node accepted %,d calls, but %s".formatted(accepted, sums));
        }
        report.figure(Figure.of("quota.admitted_of_50." + gateways() + scenario.suffix(), sums.calls(), "calls"));
    }

    /** Calls that no limit is near to. */
    private void databaseCalls() throws InterruptedException {
        Budget budget = installation.budget("bench.plenty", PLENTY);
        steady(budget, 2);
        double before = installation.poolCalls();
        long admitted = steady(budget, roundsEach);
        double each = (installation.poolCalls() - before) / admitted;
        report.figure(Figure.of("quota.database_calls_per_admission." + gateways(), each, "calls"));
    }

    /** @return how many calls were admitted */
    private long steady(Budget budget, int rounds) throws InterruptedException {
        String body = Question.json(BRIEF, false);
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < STEADY_CALLERS; i++) {
            int gateway = 1 + i % installation.gatehouse().gateways();
            callers.add(() -> repeat(
                    new Caller(
                            installation.http(),
                            () -> installation.gatehouse().url(gateway),
                            budget.key().secret(),
                            body,
                            false),
                    rounds));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(callers).stream()
                    .mapToInt(Future::resultNow)
                    .sum();
        }
    }

    private static int repeat(Caller caller, int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            if (caller.call() != Ending.ANSWERED) {
                throw new WrongAnswerException("a caller with plenty of money was refused");
            }
        }
        return rounds;
    }

    private String gateways() {
        return "gateways" + installation.gatehouse().gateways();
    }
}
