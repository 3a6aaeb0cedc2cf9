package dev.gatehouse.launcher.process;

import java.util.function.Supplier;

/**
 * A started program.
 *
 * @param handle its process
 * @param ending how it ended, for a sentence; asked only after it has
 */
public record Running(ProcessHandle handle, Supplier<String> ending) {
    private static final int SIGNALLED = 128;

    /** A process that this launcher started itself and whose exit status it therefore learns. */
    static Running child(Process process) {
        return new Running(process.toHandle(), () -> described(process.exitValue()));
    }

    private static String described(int status) {
        return status > SIGNALLED ? "was killed by signal " + (status - SIGNALLED) : "ended with exit status " + status;
    }
}
