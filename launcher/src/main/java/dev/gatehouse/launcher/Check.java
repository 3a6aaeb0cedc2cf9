package dev.gatehouse.launcher;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param detail what was found and, when it is not well, what to do
 */
record Check(String check, boolean ok, String detail) {
    String line() {
        return "%-4s %-14s %s".formatted(ok ? "ok" : "NO", check, detail);
    }
}
