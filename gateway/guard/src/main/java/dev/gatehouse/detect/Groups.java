package dev.gatehouse.detect;

/**
 * Groups of adjacent digits, oldest first; the newest may be open, that is, still grow. Holds as many as {@link Run}
 * can have undecided at a time.
 */
final class Groups {

    /** A group with more digits than any card number counts as this long. */
    static final int TOO_LONG = CardNumbers.LONGEST + 1;

    /** Fewer digits than this in a group that others follow make the grouping an irregular one. */
    private static final int REGULAR = 3;

    private static final int CAPACITY = 64;

    private final byte[] digits = new byte[CAPACITY];
    private final int[] count = new int[CAPACITY];
    private final long[] from = new long[CAPACITY];
    private final long[] to = new long[CAPACITY];
    private final Lead[] lead = new Lead[CAPACITY];
    private int size;
    private int stored;
    private boolean open;

    /** What stands directly before a group. */
    enum Lead {
        PLAIN,
        /** A plus sign: an international telephone number, which has at most 15 digits (ITU-T E.164). */
        PLUS,
        /** A point after one to three digits: perhaps the fraction of a decimal number. */
        POINT
    }

    void begin(Lead before, long at) {
        count[size] = 0;
        from[size] = at;
        lead[size] = before;
        size++;
        open = true;
    }

    void append(int digit, long end) {
        int last = size - 1;
        to[last] = end;
        if (count[last] < TOO_LONG) {
            count[last]++;
            digits[stored++] = (byte) digit;
        }
    }

    void close() {
        open = false;
    }

    void drop(int groups) {
        int gone = digits(0, groups);
        size -= groups;
        stored -= gone;
        System.arraycopy(digits, gone, digits, 0, stored);
        System.arraycopy(count, groups, count, 0, size);
        System.arraycopy(from, groups, from, 0, size);
        System.arraycopy(to, groups, to, 0, size);
        System.arraycopy(lead, groups, lead, 0, size);
    }

    int size() {
        return size;
    }

    /** How many of them cannot grow any more. */
    int closed() {
        return open ? size - 1 : size;
    }

    long from(int group) {
        return from[group];
    }

    long to(int group) {
        return to[group];
    }

    Lead lead(int group) {
        return lead[group];
    }

    int count(int group) {
        return count[group];
    }

    int lastCount() {
        return count[size - 1];
    }

    boolean regular(int group) {
        return count[group] >= REGULAR;
    }

    /** Digits in some adjacent groups. */
    int digits(int first, int end) {
        int sum = 0;
        for (int group = first; group < end; group++) {
            sum += count[group];
        }
        return sum;
    }

    /** The lengths that a card number can have that begins with these groups, as bits. */
    int lengths(int first, int end) {
        return CardNumbers.lengths(digits, digits(0, first), digits(first, end));
    }

    /** Whether these groups together are a card number. */
    boolean card(int first, int end) {
        int total = digits(first, end);
        return (lead[first] != Lead.PLUS || total > 15) && CardNumbers.valid(digits, digits(0, first), total);
    }

    /** The last four digits of a text that ends with this group, given those of the text before it, as a number. */
    int tail(int before, int group) {
        int tail = before;
        int start = digits(0, group);
        for (int i = start; i < start + count[group]; i++) {
            tail = (tail * 10 + digits[i]) % 10_000;
        }
        return tail;
    }
}
