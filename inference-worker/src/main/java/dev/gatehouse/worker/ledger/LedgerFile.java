package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mapped file: a page of header, then extents of slots. An extent is filled with zeros before it is mapped, so a
 * full disk shows as an {@link IOException} here and not as a fault in a store.
 */
final class LedgerFile implements AutoCloseable {

    static final int EXTENT_SLOTS = 4096;
    static final int HEADER_BYTES = 4096;

    private static final int EXTENT_BYTES = EXTENT_SLOTS * Slot.BYTES;
    private static final long MAGIC = 0x4748_4C45_4447_4552L;
    private static final int VERSION = 1;

    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> extents = new CopyOnWriteArrayList<>();

    private LedgerFile(FileChannel channel) {
        this.channel = channel;
    }

    /** A new file without extents in the place of whatever was there. */
    static LedgerFile create(Path path) throws IOException {
        LedgerFile file = new LedgerFile(FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).rewind();
        writeAll(file.channel, header, 0);
        return file;
    }

    /** An existing file, to be read only; what follows its last whole slot is left out. */
    static LedgerFile read(Path path) throws IOException {
        LedgerFile file = new LedgerFile(FileChannel.open(path, StandardOpenOption.READ));
        try {
            file.mapForReading(path);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void mapForReading(Path path) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(12);
        channel.read(header, 0);
        if (header.hasRemaining() || header.getLong(0) != MAGIC) {
            throw new LedgerException(path + " is not a ledger of a node. Move it away, or name another directory with"
                    + " gatehouse.worker.ledger.directory.");
        }
        if (header.getInt(8) != VERSION) {
            throw new LedgerException(path + " has version " + header.getInt(8) + ", this worker reads version "
                    + VERSION + ". Start it with the worker that wrote it.");
        }
        for (long at = HEADER_BYTES; wholeSlots(at) > 0; at += EXTENT_BYTES) {
            extents.add(channel.map(MapMode.READ_ONLY, at, wholeSlots(at) * Slot.BYTES, arena));
        }
    }

    private long wholeSlots(long from) throws IOException {
        return Math.min(Math.max(0, channel.size() - from) / Slot.BYTES, EXTENT_SLOTS);
    }

    int slots() {
        return (int) (extents.stream().mapToLong(MemorySegment::byteSize).sum() / Slot.BYTES);
    }

    Slot slot(int number) {
        return new Slot(
                extents.get(number / EXTENT_SLOTS).asSlice((long) (number % EXTENT_SLOTS) * Slot.BYTES, Slot.BYTES));
    }

    /** Adds one extent of empty slots. */
    void grow() throws IOException {
        long at = HEADER_BYTES + (long) extents.size() * EXTENT_BYTES;
        writeAll(channel, ByteBuffer.allocate(EXTENT_BYTES), at);
        channel.force(true);
        MemorySegment extent = channel.map(MapMode.READ_WRITE, at, EXTENT_BYTES, arena);
        extent.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        extents.add(extent);
    }

    /** @throws java.io.UncheckedIOException the disk failed */
    void sync(int extent) {
        extents.get(extent).force();
    }

    void syncAll() {
        extents.forEach(MemorySegment::force);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        for (long position = at; bytes.hasRemaining(); ) {
            position += channel.write(bytes, position);
        }
    }
}
