package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.FakeModel.caller;
import static dev.gatehouse.worker.engine.FakeModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who goes first, and how evenly tenants are served. */
class FairQueueTest {

    private final FairQueue queue = new FairQueue();
    private long arrivals;

    private Sequence add(Caller caller, int prompt) {
        Sequence sequence = new Sequence(new int[prompt], caller, 10);
        sequence.arrive(arrivals++);
        queue.add(sequence);
        return sequence;
    }

    private Sequence take() {
        Sequence next = queue.next().orElseThrow();
        queue.take(next, next.length());
        return next;
    }

    @Test
    void interactiveGoesBeforeBatchAndWhoGaveWayBeforeNewOnes() {
        Sequence batch = add(caller("a", 1, Priority.BATCH), 5);
        Sequence first = add(caller("a", 1, Priority.INTERACTIVE), 5);
        assertThat(take()).isEqualTo(first);
        add(caller("b", 1, Priority.INTERACTIVE), 5);
        queue.giveWay(first);

        assertThat(take()).isEqualTo(first);
        take();
        assertThat(take()).isEqualTo(batch);
        assertThat(queue.size()).isZero();
        assertThat(queue.tokens()).isZero();
    }

    @Test
    void theEarliestDeadlineOfATenantGoesFirst() {
        Sequence without = add(caller("a", 1, Priority.INTERACTIVE), 5);
        Instant soon = Instant.parse("2026-01-01T00:00:00Z");
        Sequence late = add(new Caller("a", 1, Priority.INTERACTIVE, Optional.of(soon.plusSeconds(9)), ""), 5);
        Sequence early = add(new Caller("a", 1, Priority.INTERACTIVE, Optional.of(soon), ""), 5);

        assertThat(List.of(take(), take(), take())).containsExactly(early, late, without);
    }

    @Test
    void whoComesAfterAPauseHasNoCredit() {
        for (int i = 0; i < 10; i++) {
            add(caller("busy", 1, Priority.INTERACTIVE), 100);
        }
        for (int i = 0; i < 5; i++) {
            take();
        }
        for (int i = 0; i < 5; i++) {
            add(caller("late", 1, Priority.INTERACTIVE), 100);
        }
        int late = 0;
        for (int i = 0; i < 6; i++) {
            late += take().caller().tenant().equals("late") ? 1 : 0;
        }
        assertThat(late).isEqualTo(3);
    }

    /** Theorem of the paper: while both wait, their service differs by at most 2 · max(wp · Linput, wq · M). */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "3, 1, 1", "4, 3, 1", "5, 2, 1", "6, 1, 4"})
    void tenantsThatAlwaysWantMoreAreServedByTheirWeights(long seed, double weightOfA, double weightOfB) {
        int kvTokens = 1_200;
        int longest = 200;
        Random random = new Random(seed);
        FakeModel model = new FakeModel(8, kvTokens, 256, 0, 8);
        Map<String, Double> weights = new TreeMap<>(Map.of("a", weightOfA, "b", weightOfB, "c", 1.0));
        Map<String, Double> service = new TreeMap<>(Map.of("a", 0.0, "b", 0.0, "c", 0.0));
        List<Sequence> waiting = new ArrayList<>();
        List<Sequence> running = new ArrayList<>();
        double highest = 0;
        double lowest = 0;
        for (int round = 0; round < 6_000; round++) {
            for (String tenant : weights.keySet()) {
                boolean wants = tenant.equals("c") ? random.nextInt(200) == 0 : count(waiting, tenant) < 3;
                if (wants) {
                    int length = tenant.equals("a") ? 1 + random.nextInt(longest) : longest / 4 + random.nextInt(20);
                    Caller caller = caller(tenant, weights.getOrDefault(tenant, 1.0), Priority.INTERACTIVE);
                    int[] prompt = tokens(1_000_000 + 1_000 * random.nextInt(1_000_000), length);
                    waiting.add(model.add(prompt, caller, 1 + random.nextInt(120)));
                }
            }
            Step step = model.step();
            for (Sequence sequence : step.admitted()) {
                if (waiting.remove(sequence)) {
                    running.add(sequence);
                    serve(service, sequence, FairQueue.INPUT_WEIGHT * sequence.length());
                }
            }
            step.rows().stream()
                    .filter(rows -> rows.sequence().length() - 1 == rows.from() + rows.count())
                    .forEach(rows -> serve(service, rows.sequence(), FairQueue.OUTPUT_WEIGHT));
            running.stream().filter(sequence -> sequence.bound() == 0).forEach(model.scheduler::remove);
            running.removeIf(sequence -> sequence.bound() == 0);
            double difference = service.getOrDefault("a", 0.0) - service.getOrDefault("b", 0.0);
            highest = Math.max(highest, difference);
            lowest = Math.min(lowest, difference);
        }
        double least = Math.min(weightOfA, weightOfB);
        double bound = 2.0 * Math.max(FairQueue.INPUT_WEIGHT * longest, FairQueue.OUTPUT_WEIGHT * kvTokens) / least;
        assertThat(highest - lowest).isLessThanOrEqualTo(bound);
        assertThat(service.getOrDefault("a", 0.0)).isGreaterThan(4 * bound);
    }

    private static long count(List<Sequence> sequences, String tenant) {
        return sequences.stream()
                .filter(sequence -> sequence.caller().tenant().equals(tenant))
                .count();
    }

    private static void serve(Map<String, Double> service, Sequence sequence, int tokens) {
        service.merge(sequence.caller().tenant(), tokens / sequence.caller().weight(), Double::sum);
    }
}
