package dev.gatehouse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts and ends of the real process. */
class WorkerTest {

    private static final String ECHO = "--gatehouse.worker.engine.model=echo:";
    private static final byte[] KEY = new byte[32];

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gatehouse.worker.node.prot=1         | gatehouse.worker.node.prot",
                "--gatehouse.worker.node.port=70000     | gatehouse.worker.node.port",
            })
    void refusesASettingThatIsWrongAndNamesIt(String argument, String named) throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(directory, KEY, ECHO, argument)) {
            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.log()).contains(named).doesNotContain("\tat ");
        }
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(directory, new byte[31], ECHO)) {
            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.log())
                    .contains("node-key is not 32 bytes in base64")
                    .doesNotContain("\tat ");
        }
    }

    /** A limit on the size of files stands in for a full disk. */
    @Test
    void saysThatThereIsNoRoomForItsLedger() throws Exception {
        try (WorkerProcess worker = WorkerProcess.startWithSmallFiles(directory, KEY, ECHO)) {
            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.log())
                    .contains("The ledger in " + directory.resolve("ledger"))
                    .contains("the free space")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void endsWhenItHasNoEngineForTheModel() throws Exception {
        Path model = Files.createFile(directory.resolve("some.gguf"));
        try (WorkerProcess worker = WorkerProcess.start(directory, KEY, "--gatehouse.worker.engine.model=" + model)) {
            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.log()).contains("The model could not be loaded").contains(model.toString());
        }
    }

    @Test
    void endsWhenItsSupervisorHasGone() throws Exception {
        try (WorkerProcess worker =
                WorkerProcess.start(directory, KEY, ECHO, "--gatehouse.worker.node.supervised=true")) {
            worker.awaitListening();

            worker.closeInput();

            assertThat(worker.awaitExit()).isZero();
        }
    }
}
