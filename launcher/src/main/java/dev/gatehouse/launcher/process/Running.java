package dev.gatehouse.launcher.process;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A started program.
 *
 * @param handle its process
 * @param ending how it ended, for a sentence; asked only after it has
 */
public record Running(ProcessHandle handle, Supplier<String> ending) {
    private static final int SIGNALLED = 128;

    /** Processes of its own may keep a program's output open after its end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /**
     * A process that this launcher started itself and whose exit status it therefore learns.
     *
     * @param logging copies its output to its log, which is to have its last words before anybody hears of its end
     */
    static Running child(Process process, Thread logging) {
        return new Running(process.toHandle(), () -> {
            await(logging);
            return described(process.exitValue());
        });
    }

    private static void await(Thread logging) {
        try {
            logging.join(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String described(int status) {
        return status > SIGNALLED ? "was killed by signal " + (status - SIGNALLED) : "ended with exit status " + status;
    }
}
