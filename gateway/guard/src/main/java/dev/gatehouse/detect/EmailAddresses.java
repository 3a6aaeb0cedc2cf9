package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * Finds e-mail addresses as people write them: up to {@value #LOCAL} letters, digits and {@code . _ % + - '}, the first a letter, a digit
 * or an underscore that no backslash escapes, then {@code @}, and two or more labels with points between, the last of which begins with a
 * letter. All of it ASCII.
 */
final class EmailAddresses implements Detector {

    private static final String MASK = "[e-mail address]";

    /** Most characters before the sign (RFC 5321). */
    private static final int LOCAL = 64;

    /** Most characters after it. */
    private static final int DOMAIN = 255;

    private static final int LABEL = 63;

    private static final Alphabet FIRST = Alphabet.BASE62.and(Alphabet.of("_"));
    private static final Alphabet FURTHER = FIRST.and(Alphabet.of(".%+-'"));

    private final Consumer<Finding> findings;
    private long localFrom;
    private int local;
    private boolean inDomain;
    private long addressFrom;
    private long addressTo;
    private int domain;
    private int labels;
    private int label;
    private boolean name;
    private boolean escape;

    EmailAddresses(Consumer<Finding> findings) {
        this.findings = findings;
    }

    @Override
    public void take(int c, long from, long to) {
        if (inDomain) {
            domain(c, to);
        }
        if (local > 0 && FURTHER.has(c)) {
            local = Math.min(local + 1, LOCAL + 1);
        } else if (FIRST.has(c) && !escape) {
            local = 1;
            localFrom = from;
        } else {
            if (c == '@' && local > 0 && local <= LOCAL) {
                beginDomain();
            }
            local = 0;
        }
        escape = c == '\\';
    }

    @Override
    public void end() {
        endDomain();
        local = 0;
        escape = false;
    }

    @Override
    public long settled(long position) {
        if (inDomain) {
            return addressFrom;
        }
        return local > 0 && local <= LOCAL ? localFrom : position;
    }

    private void beginDomain() {
        inDomain = true;
        addressFrom = localFrom;
        addressTo = localFrom;
        domain = 0;
        labels = 0;
        label = 0;
    }

    private void domain(int c, long to) {
        if (++domain > DOMAIN) {
            endDomain();
        } else if (Alphabet.BASE62.has(c) || c == '-' && label > 0) {
            inLabel(c, to);
        } else if (c == '.' && label > 0) {
            labels++;
            label = 0;
        } else {
            endDomain();
        }
    }

    private void inLabel(int c, long to) {
        name = label == 0 ? Alphabet.LETTERS.has(c) : name;
        if (++label > LABEL) {
            endDomain();
        } else if (labels > 0 && label > 1 && name && c != '-') {
            addressTo = to;
        }
    }

    private void endDomain() {
        if (inDomain && addressTo > addressFrom) {
            findings.accept(new Finding(Kind.EMAIL_ADDRESSES, addressFrom, addressTo, MASK));
        }
        inDomain = false;
    }
}
