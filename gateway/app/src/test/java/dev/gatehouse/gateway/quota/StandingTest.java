package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What headers are made of, against the ledger of the buckets. */
final class StandingTest {

    private static final int OPERATIONS = 500;

    private long now = Sample.NOW;
    private final MemoryBuckets buckets = new MemoryBuckets(() -> now);
    private final Terms requests = Sample.terms(1, Measure.REQUESTS, Period.MINUTE, 900);
    private final Terms tokens = Sample.terms(2, Measure.TOTAL_TOKENS, Period.DAY, 600_000);
    private final TestGateway gateway = TestGateway.of(
            buckets, 1, () -> now, new LimitBook(List.of(requests.limit(), tokens.limit()), Sample.ANY_RATE));
    private final List<Reservation> open = new ArrayList<>();

    @RepeatedTest(10)
    void equalsTheLedgerAfterEachOfFiveHundredOperations(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        long spent = 0;
        List<Long> held = new ArrayList<>();
        int compared = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            now += random.nextLong(Sample.SECOND / 4);
            if (!open.isEmpty() && random.nextInt(2) == 0) {
                int which = random.nextInt(open.size());
                Usage usage = new Usage(random.nextInt(500), 0, random.nextInt(257), 0, Meters.NONE, true);
                open.remove(which).settle(List.of(new Charge(1, usage, Price.FREE)));
                held.remove(which);
                spent += usage.total();
            }
            Bound bound = new Bound(500 + random.nextInt(500), Bound.UNSTATED, 1);
            Admission admission = gateway.admit(bound, Price.FREE);
            if (admission instanceof Admission.Admitted admitted) {
                open.add(admitted.held());
                held.add(bound.maxInput() + 256);
            }
            Standing.Room told = admission.standing().tokens().orElseThrow();
            assertThat(told.limit()).isEqualTo(600_000);
            assertThat(told.remaining())
                    .isEqualTo(600_000
                            - spent
                            - held.stream().mapToLong(Long::longValue).sum());
            assertThat(told.reset()).isEqualTo(Duration.ofHours(14).minus(Terms.micros(now - Sample.NOW)));
            assertEqualsTheTable(admission.standing().requests().orElseThrow());
            compared++;
        }
        assertThat(compared).isEqualTo(OPERATIONS);
    }

    /** All that the table has, and all that lies free in leases, once everything is reported. */
    private void assertEqualsTheTable(Standing.Room told) {
        gateway.tick();
        gateway.leases.recallAll();
        gateway.tick();
        Bucket table = buckets.bucket(requests.key()).filled(requests.rule(), now);
        assertThat(buckets.leased(requests.key())).isZero();
        assertThat(told.limit()).isEqualTo(900);
        assertThat(told.remaining()).isEqualTo(table.room(requests.rule()));
        assertThat(told.reset()).isEqualTo(Terms.micros(table.untilWhole(requests.rule())));
    }
}
