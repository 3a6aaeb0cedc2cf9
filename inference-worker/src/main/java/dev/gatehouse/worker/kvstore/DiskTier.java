package dev.gatehouse.worker.kvstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Blocks in sealed files, never more than so many bytes: the one that was used the longest time ago makes room first. A file gets
 * its name when it is whole; one that does not open is deleted. When the disk fails, the tier is empty for a while. Reading is
 * thread-safe; one thread writes. The directory belongs to one process.
 */
final class DiskTier {

    private static final String UNFINISHED = ".tmp";

    private final Path directory;
    private final long capacity;
    private final StoreCounters counters;
    private final Outage outage;
    private final DiskIndex index = new DiskIndex();

    private DiskTier(Path directory, long capacity, StoreCounters counters, LongSupplier nanoTime) {
        this.directory = directory;
        this.capacity = capacity;
        this.counters = counters;
        this.outage = new Outage(nanoTime);
    }

    /** Takes up what an earlier process left. */
    static DiskTier open(Path directory, long capacity, StoreCounters counters, LongSupplier nanoTime)
            throws IOException {
        DiskTier tier = new DiskTier(directory, capacity, counters, nanoTime);
        Files.createDirectories(directory);
        tier.scan();
        tier.shrink();
        return tier;
    }

    boolean contains(BlockKey key) {
        return !outage.lasts() && index.contains(key);
    }

    /** Bytes of the block; empty if it is not here. */
    OptionalInt size(BlockKey key) {
        OptionalInt file = outage.lasts() ? OptionalInt.empty() : index.use(key);
        return file.isPresent() ? OptionalInt.of(file.getAsInt() - SealedBlock.OVERHEAD) : file;
    }

    /** Reads a block into memory of its size; false if it is not here after all. */
    boolean read(BlockKey key, SecretKey secret, ByteBuffer into) {
        Path file = file(key);
        try {
            if (SealedBlock.open(Files.readAllBytes(file), key, secret, into)) {
                Files.setLastModifiedTime(file, FileTime.from(Clock.systemUTC().instant()));
                return true;
            }
            counters.corrupt().increment();
            drop(key);
        } catch (NoSuchFileException gone) {
            index.remove(key);
        } catch (IOException e) {
            failed(e);
        }
        return false;
    }

    void write(BlockKey key, SecretKey secret, ByteBuffer block) {
        if (outage.lasts() || index.contains(key)) {
            return;
        }
        ByteBuffer sealed = SealedBlock.seal(block, key, secret);
        int size = sealed.remaining();
        try {
            write(file(key), sealed);
            index.add(key, size);
            counters.written().increment();
            shrink();
            outage.worked();
        } catch (IOException e) {
            failed(e);
        }
    }

    long used() {
        return index.used();
    }

    int size() {
        return index.size();
    }

    boolean failing() {
        return outage.lasts();
    }

    private static void write(Path file, ByteBuffer sealed) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.createDirectories(unfinished.getParent());
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            while (sealed.hasRemaining()) {
                channel.write(sealed);
            }
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void shrink() throws IOException {
        for (Optional<BlockKey> oldest = index.beyond(capacity); oldest.isPresent(); oldest = index.beyond(capacity)) {
            drop(oldest.get());
        }
    }

    private void drop(BlockKey key) throws IOException {
        index.remove(key);
        Files.deleteIfExists(file(key));
    }

    private void failed(IOException why) {
        counters.failed().increment();
        outage.failed(why);
    }

    private Path file(BlockKey key) {
        String name = key.toString();
        return directory.resolve(name.substring(0, 2)).resolve(name);
    }

    private record Found(BlockKey key, int size, FileTime used) {}

    private void scan() throws IOException {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            List<Path> all = files.toList();
            for (Path unfinished : all) {
                if (unfinished.toString().endsWith(UNFINISHED)) {
                    Files.delete(unfinished);
                }
            }
            all.stream()
                    .flatMap(file -> found(file).stream())
                    .sorted(Comparator.comparing(Found::used))
                    .forEach(found -> index.add(found.key(), found.size()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<Found> found(Path file) {
        return BlockKey.parse(file.getFileName().toString()).flatMap(key -> found(key, file));
    }

    private static Optional<Found> found(BlockKey key, Path file) {
        try {
            long size = Files.size(file);
            return size > SealedBlock.OVERHEAD && size <= Integer.MAX_VALUE
                    ? Optional.of(new Found(key, (int) size, Files.getLastModifiedTime(file)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
