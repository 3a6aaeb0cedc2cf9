package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as Linux shows it. */
class RaplTest {

    @TempDir
    private Path directory;

    private void counter(String name, long microjoules) throws IOException {
        Path counter = Files.createDirectories(directory.resolve(name));
        Files.writeString(counter.resolve("max_energy_range_uj"), "1000\n");
        Files.writeString(counter.resolve("energy_uj"), microjoules + "\n");
    }

    @Test
    void addsUpThePackagesWithoutTheirPartsAndGoesOnWhereACounterBeginsAgain() throws IOException {
        counter("intel-rapl:0", 100);
        counter("intel-rapl:0:0", 50);
        counter("intel-rapl:1", 900);
        Energy energy = Rapl.under(directory);
        assertThat(energy.microjoules()).hasValue(0);

        counter("intel-rapl:0", 130);
        counter("intel-rapl:1", 20);

        assertThat(energy.microjoules()).hasValue(30 + 120);
    }

    @Test
    void isUnknownWithoutCounters() {
        assertThat(Rapl.under(directory).microjoules()).isEmpty();
        assertThat(Rapl.under(directory.resolve("none")).microjoules()).isEmpty();
    }

    @Test
    void isUnknownOnceACounterIsGone() throws IOException {
        counter("intel-rapl:0", 100);
        Energy energy = Rapl.under(directory);
        Files.delete(directory.resolve("intel-rapl:0/energy_uj"));

        assertThat(energy.microjoules()).isEmpty();
    }
}
