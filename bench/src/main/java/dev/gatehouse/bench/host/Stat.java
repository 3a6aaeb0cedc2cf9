package dev.gatehouse.bench.host;

/**
 * One line of {@code /proc/<pid>/stat}, or of a thread's.
 *
 * @param command its name, up to 15 bytes
 * @param ticks user and system time, that of ended and reaped children included
 */
record Stat(long pid, long parent, String command, long ticks) {

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int REAPED_USER = 13;
    private static final int REAPED_SYSTEM = 14;

    /** The second field is the command in parentheses, which may itself hold spaces and parentheses. */
    static Stat parse(String line) {
        long pid = Long.parseLong(line, 0, line.indexOf(' '), 10);
        String command = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        String[] rest = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks =
                number(rest, USER) + number(rest, SYSTEM) + number(rest, REAPED_USER) + number(rest, REAPED_SYSTEM);
        return new Stat(pid, number(rest, PARENT), command, ticks);
    }

    private static long number(String[] fields, int index) {
        return Long.parseLong(fields[index]);
    }
}
