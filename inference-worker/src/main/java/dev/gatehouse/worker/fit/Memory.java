package dev.gatehouse.worker.fit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory that a model may take, in bytes.
 *
 * @param host of the processor
 * @param device of GPUs together; 0: there is none, or it is the processor's own
 */
public record Memory(long host, long device) {

    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";
    private static final int KIB = 1024;

    /**
     * What is free here now. A container's bound counts.
     *
     * @param device what GPUs say is free; a Mac's is the processor's own
     */
    public static Memory free(long device) {
        boolean shared = System.getProperty("os.name", "").startsWith("Mac");
        return new Memory(Math.max(0, freeHost() - (shared ? device : 0)), device);
    }

    /** Linux counts what it could take back from the page cache as available; the JDK does not. */
    private static long freeHost() {
        long bounded =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize()
                        : Long.MAX_VALUE;
        return Math.min(bounded, available().orElse(bounded));
    }

    private static Optional<Long> available() {
        if (!Files.isReadable(LINUX)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(LINUX).stream()
                    .filter(line -> line.startsWith(AVAILABLE))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
