package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.Program;
import dev.gatehouse.launcher.process.Running;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessesTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** A later tier may die while an earlier one still ends: the signal that ends up was for the whole group. */
    @Test
    void startNothingAgainOnceTheStopHasBegun() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        data.prepare();
        Processes processes = new Processes(data, new Narrator(new PrintStream(said, true, StandardCharsets.UTF_8)));
        Sleeper worker = new Sleeper("worker-1", () -> {});
        Sleeper gateway = new Sleeper("gateway-1", () -> worker.dieAndAwaitSecondStart());
        processes.start(Processes.Tier.WORKER, worker).ready().get(10, TimeUnit.SECONDS);
        processes.start(Processes.Tier.GATEWAY, gateway).ready().get(10, TimeUnit.SECONDS);
        processes.stop();
        assertThat(worker.startedAgain.getCount()).isOne();
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("starting it again");
    }

    /** A process that sleeps until it is stopped. */
    private static final class Sleeper implements Program {
        private final CountDownLatch startedAgain = new CountDownLatch(1);
        private final String name;
        private final Runnable beforeStop;
        private volatile ProcessHandle process = ProcessHandle.current();

        private Sleeper(String name, Runnable beforeStop) {
            this.name = name;
            this.beforeStop = beforeStop;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Running start() throws IOException {
            if (!process.equals(ProcessHandle.current())) {
                startedAgain.countDown();
            }
            process = new ProcessBuilder("sleep", "60").start().toHandle();
            return new Running(process, () -> "ended");
        }

        @Override
        public boolean ready(Running running) {
            return true;
        }

        @Override
        public void stop(Running running) {
            beforeStop.run();
            running.handle().destroy();
        }

        @Override
        public Path log() {
            return Path.of(name + ".log");
        }

        private void dieAndAwaitSecondStart() {
            process.destroyForcibly();
            try {
                assertThat(startedAgain.await(1, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
