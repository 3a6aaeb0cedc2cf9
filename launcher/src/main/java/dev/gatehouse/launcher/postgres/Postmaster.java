package dev.gatehouse.launcher.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a PostgreSQL server says of itself in {@code postmaster.pid}.
 *
 * @param pid its process id
 * @param startId the second of its start, since the epoch
 * @param port the port it listens on
 */
record Postmaster(long pid, String startId, int port) {
    private static final int PID = 0;
    private static final int STARTED = 2;
    private static final int PORT = 3;

    static Path file(Path files) {
        return files.resolve("postmaster.pid");
    }

    /** Nothing when no server was started on {@code files}, or it has ended in order. */
    static Optional<Postmaster> read(Path files) {
        try {
            List<String> lines = Files.readAllLines(file(files));
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(PID).strip()),
                    lines.get(STARTED).strip(),
                    Integer.parseInt(lines.get(PORT).strip())));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException absent) {
            return Optional.empty();
        }
    }

    /** Its process, while it lives and its program lies under {@code folder}: process ids are reused. */
    Optional<ProcessHandle> living(Path folder) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> isOf(folder, process));
    }

    /** Whether the program of {@code process} lies under {@code folder}. */
    static boolean isOf(Path folder, ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.startsWith(folder + "/"))
                .isPresent();
    }
}
