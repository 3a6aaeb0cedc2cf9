package dev.gatehouse.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were taken on.
 *
 * @param disk type of the file system where the database lies
 */
public record Machine(int cores, String processor, long memoryGib, String disk, String kernel, String java) {

    /** {@code data}: where the database lies. */
    public static Machine here(Path data) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
                disk(data),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString());
    }

    @Override
    public String toString() {
        return "%d cores of %s, %d GiB, data on %s, %s, Java %s"
                .formatted(cores, processor, memoryGib, disk, kernel, java);
    }

    /** Whether an fsync may cost less here than on a disk. */
    public boolean hasUncertainDisk() {
        return disk.equals("tmpfs") || disk.equals("overlay");
    }

    private static String disk(Path folder) {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException unknown) {
            return "an unknown file system";
        }
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException absent) {
            return "0";
        }
    }
}
