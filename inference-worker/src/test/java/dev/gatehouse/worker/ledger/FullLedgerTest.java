package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full file is opened by a process of its own with a small heap. */
class FullLedgerTest {

    private static final int DEFAULT_RECORDS = 4_194_304;

    @TempDir
    private Path directory;

    @Test
    @Tag("long")
    void theDefaultSizeFitsTheDefaultHeap() throws Exception {
        fill(DEFAULT_RECORDS);

        assertThat(open("-Xmx256m")).contains("records " + DEFAULT_RECORDS);
    }

    @Test
    void aSixteenthOfTheDefaultFitsASixteenthOfTheHeap() throws Exception {
        fill(DEFAULT_RECORDS / 16);

        assertThat(open("-Xmx16m")).contains("records " + DEFAULT_RECORDS / 16);
    }

    private void fill(int records) throws Exception {
        long now = Clock.systemUTC().millis();
        try (LedgerFile file = LedgerFile.open(directory.resolve("exchanges.ledger"))) {
            for (int number = 0; number < records; number++) {
                if (number == file.count()) {
                    file.grow();
                }
                Slot slot = file.slot(number);
                slot.open(new ExchangeId(new UUID(number, number * 0x9E37_79B9_7F4A_7C15L), 1), "m", now, 5);
                slot.end(new Ending(Reason.STOP, now - number % 1000, Timing.NONE), Counts.NONE);
            }
        }
    }

    private String open(String heap) throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullLedgerRun.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
