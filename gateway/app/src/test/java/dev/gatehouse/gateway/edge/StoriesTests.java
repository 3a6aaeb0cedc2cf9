package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StoriesTests {

    private final Stories stories = new Stories(TestEdge.properties(TestEdge.LONG, TestEdge.LONG, TestEdge.LONG));

    @Test
    void runsAStoryOnAThreadThatMayWait() throws InterruptedException {
        BlockingQueue<Thread> thread = new LinkedBlockingQueue<>();
        assertThat(stories.start(() -> thread.offer(Thread.currentThread()))).isTrue();
        Thread told = thread.poll(10, TimeUnit.SECONDS);
        assertThat(told).isNotNull();
        assertThat(told.isVirtual()).isTrue();
    }

    @Test
    void startsNoMoreThanThereIsRoomFor() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean second = new AtomicBoolean();
        assertThat(stories.start(() -> waitFor(over))).isTrue();
        assertThat(stories.start(() -> second.set(true))).isFalse();
        over.countDown();
        startInTime();
        assertThat(second).isFalse();
    }

    @Test
    void aStoryThatThrowsGivesItsPlaceBack() throws InterruptedException {
        assertThat(stories.start(() -> {
                    throw new Defect();
                }))
                .isTrue();
        startInTime();
    }

    private void startInTime() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!stories.start(() -> {})) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.yield();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a stack trace. */
    private static final class Defect extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Defect() {
            super("a defect", null, false, false);
        }
    }
}
