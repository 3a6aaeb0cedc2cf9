package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisedTest {
    @TempDir
    private Path directory;

    private final ReadyOnce program = new ReadyOnce();

    @AfterEach
    void end() {
        program.started.forEach(running -> running.handle().destroyForcibly());
    }

    @Test
    void killsARestartThatHangsAndGivesUpAfterFive() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        data.prepare();
        Supervised supervised = Supervised.start(data, program, new Narrator(System.err), Duration.ofMillis(100));
        supervised.ready().get(30, TimeUnit.SECONDS);

        program.started.getFirst().handle().destroyForcibly();
        Failure failure = supervised.givenUp().get(30, TimeUnit.SECONDS);

        assertThat(failure)
                .hasMessageContaining("hangs was killed by signal 9, 5 times in a row without getting ready");
        assertThat(program.started)
                .hasSize(1 + Backoff.ATTEMPTS)
                .noneMatch(running -> running.handle().isAlive());
    }

    /** A program whose first start alone gets ready. */
    private final class ReadyOnce implements Program {
        private final List<Running> started = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "hangs";
        }

        @Override
        public Running start() throws IOException {
            Process process = new ProcessBuilder("sleep", "600").start();
            Running running = Running.child(process, Thread.startVirtualThread(() -> {}));
            started.add(running);
            return running;
        }

        @Override
        public boolean ready(Running running) {
            return running.equals(started.getFirst());
        }

        @Override
        public void stop(Running running) {
            running.handle().destroy();
        }

        @Override
        public Path log() {
            return directory.resolve("hangs.log");
        }
    }
}
