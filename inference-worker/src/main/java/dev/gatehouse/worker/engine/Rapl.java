package dev.gatehouse.worker.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The energy counters of the processors' packages, as Linux shows them under {@code /sys/class/powercap}: x86 only, and on most
 * systems for root only. Not thread-safe.
 */
final class Rapl implements Energy {

    private static final Logger LOG = LoggerFactory.getLogger(Rapl.class);

    /** Packages only: their parts are in them. */
    private static final String PACKAGES = "intel-rapl:[0-9]*";

    private final List<Counter> counters;

    private Rapl(List<Counter> counters) {
        this.counters = counters;
    }

    /** Unknown if there is no counter that may be read. */
    static Energy under(Path directory) {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(directory, PACKAGES)) {
            List<Counter> counters = new ArrayList<>();
            for (Path one : packages) {
                if (!one.getFileName()
                        .toString()
                        .substring("intel-rapl:".length())
                        .contains(":")) {
                    counters.add(new Counter(one));
                }
            }
            return counters.isEmpty() ? UNKNOWN : new Rapl(counters);
        } catch (IOException e) {
            LOG.info("The energy of the processors can not be read: {}", e.toString());
            return UNKNOWN;
        }
    }

    @Override
    public OptionalLong microjoules() {
        try {
            long sum = 0;
            for (Counter counter : counters) {
                sum += counter.read();
            }
            return OptionalLong.of(sum);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** One package's counter, which begins again at 0 when it has reached its range. */
    private static final class Counter {

        private final Path file;
        private final long range;
        private long last;
        private long total;

        Counter(Path directory) throws IOException {
            this.file = directory.resolve("energy_uj");
            this.range = number(directory.resolve("max_energy_range_uj"));
            this.last = number(file);
        }

        long read() throws IOException {
            long now = number(file);
            total += now >= last ? now - last : now + range - last;
            last = now;
            return total;
        }

        private static long number(Path file) throws IOException {
            return Long.parseLong(Files.readString(file).strip());
        }
    }
}
