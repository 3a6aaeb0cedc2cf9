package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a directory for one process; the operating system lets go when the process dies. */
final class LedgerLock implements AutoCloseable {

    private final FileChannel channel;

    private LedgerLock(FileChannel channel) {
        this.channel = channel;
    }

    static LedgerLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("exchanges.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new LedgerException("The ledger in " + directory + " is used by another worker. Stop it, or name"
                        + " another directory with gatehouse.worker.ledger.directory.");
            }
            return new LedgerLock(channel);
        } catch (IOException e) {
            throw new LedgerException(
                    "The ledger directory " + directory + " can not be used: " + e
                            + ". Make it writable, or name another with gatehouse.worker.ledger.directory.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("The lock of the ledger could not be released: " + e.getMessage(), e);
        }
    }
}
