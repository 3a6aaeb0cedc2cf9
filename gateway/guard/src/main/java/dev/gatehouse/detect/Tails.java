package dev.gatehouse.detect;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows the beginnings of credentials of one kind: one tail each, as one that goes on when its beginning comes again covers the
 * later one too.
 */
final class Tails implements Detector {

    private final Consumer<Finding> findings;
    private final @Nullable Tail[] tails = new Tail[Credential.ALL.size()];

    /** Which of them go on, as bits. */
    private long open;

    Tails(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** A credential's beginning has ended here. */
    void begin(int credential, long at) {
        Tail tail = tails[credential];
        if (tail == null) {
            tail = Credential.ALL.get(credential).tail().apply(findings);
            tails[credential] = tail;
        }
        if ((open & 1L << credential) == 0) {
            open |= 1L << credential;
            tail.begin(at);
        } else {
            tail.again();
        }
    }

    /** Whether any goes on; else no character need be taken. */
    boolean open() {
        return open != 0;
    }

    @Override
    @SuppressWarnings("NullAway")
    public void take(int codePoint, long from, long to) {
        for (long left = open; left != 0; left &= left - 1) {
            int credential = Long.numberOfTrailingZeros(left);
            if (!tails[credential].take(codePoint, to)) {
                open &= ~(1L << credential);
            }
        }
    }

    @Override
    @SuppressWarnings("NullAway")
    public void end() {
        for (; open != 0; open &= open - 1) {
            tails[Long.numberOfTrailingZeros(open)].end();
        }
    }

    @Override
    @SuppressWarnings("NullAway")
    public long settled(long position) {
        long settled = position;
        for (long left = open; left != 0; left &= left - 1) {
            settled = Math.min(settled, tails[Long.numberOfTrailingZeros(left)].from());
        }
        return settled;
    }
}
