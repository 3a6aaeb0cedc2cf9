package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntQueueTest {

    /** Against a deque, with a fixed seed: growing while the numbers lie around the end of the array. */
    @Test
    void givesNumbersInTheOrderInWhichTheyCame() {
        Random random = new Random(3);
        Deque<Integer> model = new ArrayDeque<>();
        IntQueue queue = new IntQueue(0);
        for (int step = 0; step < 20_000; step++) {
            if (model.isEmpty() || random.nextInt(100) < 52) {
                model.addLast(step);
                queue.addLast(step);
            } else {
                assertThat(queue.first()).isEqualTo(model.getFirst());
                assertThat(queue.removeFirst()).isEqualTo(model.removeFirst());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    @Test
    void hasNoFirstWhenItIsEmpty() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> new IntQueue(4).removeFirst());
    }
}
