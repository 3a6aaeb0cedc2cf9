package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mapped file: a page of header, then extents of slots. An extent is filled with zeros before it is mapped, so a
 * full disk shows as an {@link IOException} here and not as a fault in a store.
 */
final class LedgerFile implements Slots, AutoCloseable {

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

    /** Makes the file if it is not there; one whose last extent is not whole gets the rest of it as empty slots. */
    static LedgerFile open(Path path) throws IOException {
        if (Files.notExists(path)) {
            create(path);
        }
        LedgerFile file = new LedgerFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            file.requireLedger(path);
            file.mapExtents();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void create(Path path) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION);
            writeAll(channel, header.rewind(), 0);
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void requireLedger(Path path) throws IOException {
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
    }

    private void mapExtents() throws IOException {
        long size = channel.size();
        int whole = (int) Math.ceilDiv(Math.max(0, size - HEADER_BYTES), EXTENT_BYTES);
        int missing = (int) Math.max(0, end(whole) - size);
        writeAll(channel, ByteBuffer.allocate(missing), size);
        for (int extent = 0; extent < whole; extent++) {
            map(extent);
        }
    }

    @Override
    public int extentSlots() {
        return EXTENT_SLOTS;
    }

    @Override
    public int extents() {
        return extents.size();
    }

    @Override
    public Slot slot(int number) {
        return new Slot(
                extents.get(number / EXTENT_SLOTS).asSlice((long) (number % EXTENT_SLOTS) * Slot.BYTES, Slot.BYTES));
    }

    /** Adds one extent of empty slots. */
    void grow() throws IOException {
        int extent = extents.size();
        writeAll(channel, ByteBuffer.allocate(EXTENT_BYTES), end(extent));
        channel.force(true);
        map(extent);
    }

    private void map(int extent) throws IOException {
        extents.add(channel.map(MapMode.READ_WRITE, end(extent), EXTENT_BYTES, arena));
    }

    @Override
    public void sync(int extent) {
        extents.get(extent).force();
    }

    @Override
    public void truncate(int keep) throws IOException {
        if (keep < extents.size()) {
            extents.subList(keep, extents.size()).clear();
            channel.truncate(end(keep));
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }

    /** Where the last of so many extents ends, in bytes. */
    private static long end(int extents) {
        return HEADER_BYTES + (long) extents * EXTENT_BYTES;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        for (long position = at; bytes.hasRemaining(); ) {
            position += channel.write(bytes, position);
        }
    }
}
