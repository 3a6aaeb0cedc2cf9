package dev.gatehouse.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process and all that descend from it, as {@code /proc} shows them. Linux only.
 *
 * @param root pid of the process
 */
public record ProcessTree(long root) {

    private static final Path PROC = Path.of("/proc");
    private static final double TICK_US = 1e6 / 100;
    private static final int KIB = 1024;

    /** HotSpot's compiler threads, as the kernel cuts their names. */
    private static final Set<String> COMPILERS = Set.of("C1 CompilerThre", "C2 CompilerThre");

    /**
     * User and system time of the whole tree in microseconds, that of children that ended included. The kernel counts in
     * ticks of 10 ms.
     *
     * @throws IllegalStateException if the root has ended
     */
    public double cpuUs() {
        return live().stream().mapToLong(Stat::ticks).sum() * TICK_US;
    }

    /** CPU time in microseconds of the just-in-time compilers of the tree's JVMs, which {@link #cpuUs} includes. */
    public double compilerUs() {
        return threadUs(COMPILERS);
    }

    /** CPU time in microseconds of the tree's threads of this name, of which the kernel keeps 15 bytes. */
    public double threadUs(String name) {
        return threadUs(Set.of(name));
    }

    private double threadUs(Set<String> names) {
        return live().stream()
                        .flatMap(process -> threads(process.pid()))
                        .filter(thread -> names.contains(thread.command()))
                        .mapToLong(Stat::ticks)
                        .sum()
                * TICK_US;
    }

    /** Anonymous resident memory of the whole tree in bytes. */
    public long anonymousBytes() {
        return live().stream().mapToLong(stat -> anonymous(stat.pid())).sum();
    }

    private Collection<Stat> live() {
        Map<Long, List<Stat>> byParent = new HashMap<>();
        Map<Long, Stat> all = new HashMap<>();
        for (Stat stat : everyone()) {
            all.put(stat.pid(), stat);
            byParent.computeIfAbsent(stat.parent(), parent -> new ArrayList<>()).add(stat);
        }
        Stat top = Optional.ofNullable(all.get(root))
                .orElseThrow(() -> new IllegalStateException("process " + root + " has ended while it was measured"));
        return descend(top, byParent);
    }

    private static Collection<Stat> descend(Stat top, Map<Long, List<Stat>> byParent) {
        List<Stat> found = new ArrayList<>();
        ArrayDeque<Stat> open = new ArrayDeque<>(List.of(top));
        for (Stat next = open.poll(); next != null; next = open.poll()) {
            found.add(next);
            open.addAll(byParent.getOrDefault(next.pid(), List.of()));
        }
        return found;
    }

    private static List<Stat> everyone() {
        try {
            return stats(PROC);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list /proc: CPU time is read on Linux only", e);
        }
    }

    private static Stream<Stat> threads(long pid) {
        try {
            return stats(PROC.resolve(pid + "/task")).stream();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    private static List<Stat> stats(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .flatMap(entry -> read(entry.resolve("stat")).map(Stat::parse).stream())
                    .toList();
        }
    }

    private static long anonymous(long pid) {
        return read(PROC.resolve(pid + "/smaps_rollup"))
                .map(text -> field(text, "Anonymous:").orElse(0) * KIB)
                .orElse(0L);
    }

    static OptionalLong field(String rollup, String name) {
        return rollup.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    /** Empty when the process has ended in between. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
