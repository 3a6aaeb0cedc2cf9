package dev.gatehouse.launcher.process;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment of a started process: only what an operating system, a locale or an accelerator needs. Secrets never
 * pass through it, and neither do settings meant for the launcher.
 */
public final class Environment {
    private static final Pattern KEPT = Pattern.compile(
            "PATH|HOME|USER|LOGNAME|TMPDIR|TZ|LANG|LC_.*|(DY)?LD_LIBRARY_PATH|(CUDA|NVIDIA|GGML|VK)_.*");

    private Environment() {}

    /** Removes from {@code environment} whatever is not kept. */
    public static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !KEPT.matcher(name).matches());
    }
}
