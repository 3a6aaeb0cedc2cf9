package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * One run of groups of digits after the other, and what is not decided of it: first the <em>loose</em> groups, with which no regular
 * number begins but which may be one together, then those with which one may still begin.
 */
final class Run {

    /** A finding with more digits is reported in pieces. */
    static final int LONG = 2 * CardNumbers.LONGEST;

    /** Most digits that are undecided: those of an open finding and of the groups after it. */
    static final int HELD = LONG + CardNumbers.LONGEST;

    private static final int NONE = -1;

    private final Consumer<Finding> findings;
    private final Groups groups = new Groups();

    private int loose;

    /** The loose groups cannot be a number any more, and are let go. */
    private boolean looseOver;

    /** Of the groups after the loose ones, how many belong to a number. */
    private int covered;

    /** The group before the first undecided one belonged to a number. */
    private boolean afterCovered;

    private long findingFrom = NONE;
    private long findingTo;
    private int findingDigits;
    private int tail;

    Run(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** A group begins. */
    void begin(Groups.Lead lead, long at) {
        groups.begin(lead, at);
    }

    /** The group goes on. */
    void append(int digit, long end) {
        groups.append(digit, end);
        decide(false);
    }

    /** The group has ended, the run perhaps not. */
    void close() {
        groups.close();
        decide(false);
    }

    /** The run has ended. */
    void end() {
        groups.close();
        decide(true);
        endLoose();
    }

    /** Digits of the newest group. */
    int lastCount() {
        return groups.lastCount();
    }

    /** All text before this position is decided, given the position now. */
    long settled(long position) {
        if (findingFrom != NONE) {
            return findingFrom;
        }
        if (groups.closed() > 0) {
            return groups.from(0);
        }
        return groups.size() > 0 && mayGrow(0) ? groups.from(0) : position;
    }

    /** Decides the groups whose fate no further character can change. */
    private void decide(boolean ended) {
        while (loose < groups.closed() && (ended || !mayGrow(loose))) {
            decideNext();
        }
        if (!looseOver) {
            looseOver = loose > 0 && !looseMayBeNumber();
        }
        if (looseOver) {
            groups.drop(loose);
            loose = 0;
        }
    }

    private void decideNext() {
        covered = Math.max(covered, number(loose) - loose);
        afterCovered = covered > 0;
        if (covered == 0) {
            loose++;
            return;
        }
        endLoose();
        cover(0);
        groups.drop(1);
        if (--covered == 0 || findingDigits > LONG) {
            report();
        }
    }

    private void endLoose() {
        if (loose > 0 && !looseOver && groups.card(0, loose)) {
            for (int group = 0; group < loose; group++) {
                cover(group);
            }
            report();
        }
        groups.drop(loose);
        loose = 0;
        looseOver = false;
    }

    private void cover(int group) {
        if (findingFrom == NONE) {
            findingFrom = groups.from(group);
        }
        findingTo = groups.to(group);
        findingDigits += groups.count(group);
        tail = groups.tail(tail, group);
    }

    private void report() {
        findings.accept(new Finding(Kind.PAYMENT_CARDS, findingFrom, findingTo, mask(tail)));
        findingFrom = NONE;
        findingDigits = 0;
    }

    private static String mask(int lastFour) {
        return "[payment card ****"
                + digit(lastFour / 1_000)
                + digit(lastFour / 100)
                + digit(lastFour / 10)
                + digit(lastFour)
                + "]";
    }

    private static char digit(int number) {
        return (char) ('0' + number % 10);
    }

    /** One past the last group of the longest regular number that begins with a group; 0 when none does. */
    private int number(int first) {
        int end = 0;
        if (fraction(first)) {
            return end;
        }
        for (int next = first + 1; next <= groups.closed(); next++) {
            if (groups.card(first, next)) {
                end = next;
            }
            if (!groups.regular(next - 1)) {
                break;
            }
        }
        return end;
    }

    /** Whether further characters can make a regular number of this group and those after it, or a longer one. */
    private boolean mayGrow(int first) {
        if (fraction(first)) {
            return false;
        }
        for (int group = first; group < groups.closed(); group++) {
            if (!groups.regular(group)) {
                return false;
            }
        }
        int least = groups.digits(first, groups.size()) + (groups.size() == groups.closed() ? 1 : 0);
        return least <= CardNumbers.longest(groups.lengths(first, groups.size()));
    }

    private boolean fraction(int group) {
        return groups.lead(group) == Groups.Lead.POINT && !afterCovered && groups.count(group) >= CardNumbers.SHORTEST;
    }

    private boolean looseMayBeNumber() {
        boolean nextMayBeCovered = loose == groups.size() || loose < groups.closed() || mayGrow(loose);
        int end = nextMayBeCovered ? loose : groups.size();
        return groups.digits(0, end) <= CardNumbers.longest(groups.lengths(0, end));
    }
}
