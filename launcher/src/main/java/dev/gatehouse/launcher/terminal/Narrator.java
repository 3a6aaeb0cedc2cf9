package dev.gatehouse.launcher.terminal;

import java.io.PrintStream;
import java.util.Locale;

/** Tells what happens, one line at a time, on standard error. Safe for use by several threads. */
public final class Narrator {
    private final PrintStream out;

    public Narrator(PrintStream out) {
        this.out = out;
    }

    /** Says one line; {@code format} is that of {@link String#format}. */
    public synchronized void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
