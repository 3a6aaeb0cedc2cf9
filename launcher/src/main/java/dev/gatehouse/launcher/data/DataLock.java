package dev.gatehouse.launcher.data;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One launcher at a time for a DATA directory. The operating system gives the lock back when its holder dies. */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock and leaves this process's id in it.
     *
     * @throws Failure naming the process that holds it
     */
    public static DataLock take(DataDirectory data) {
        return tryTake(data)
                .orElseThrow(() -> new Failure(
                        Exit.NOT_READY,
                        "%s is in use by process %s: stop it with ./gatehouse down, or choose another directory with --data DIR"
                                .formatted(data.root(), holderOf(data))));
    }

    /** Takes the lock, or nothing when another process holds it. */
    public static Optional<DataLock> tryTake(DataDirectory data) {
        try {
            FileChannel channel =
                    FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new DataLock(channel));
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    /** The process that holds this lock, which is the current one. */
    public long pid() {
        return ProcessHandle.current().pid();
    }

    /** The launcher that holds the lock. Meaningful only after {@link #tryTake} came back empty. */
    public static Optional<ProcessHandle> holder(DataDirectory data) {
        try {
            return ProcessHandle.of(Long.parseLong(pid(data.lockFile()))).filter(DataLock::isLauncher);
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** A new holder writes its process id a moment after it took the lock; until then the old one is there. */
    private static boolean isLauncher(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("dev.gatehouse.launcher") || line.contains("launcher.jar"))
                .isPresent();
    }

    private static String holderOf(DataDirectory data) {
        return holder(data).map(process -> Long.toString(process.pid())).orElse("(unknown)");
    }

    private static String pid(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }
}
