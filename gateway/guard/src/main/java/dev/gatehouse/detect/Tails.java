package dev.gatehouse.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What follows the beginnings of credentials of one kind: of each credential one at a time, as one that goes on when its beginning comes
 * again covers the later one too.
 */
final class Tails implements Detector {

    private final Consumer<Finding> findings;
    private final List<Open> open = new ArrayList<>(2);

    private record Open(Credential credential, Tail tail) {}

    Tails(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** A credential's beginning has ended here. */
    void begin(Credential credential, long at) {
        for (Open other : open) {
            if (other.credential().equals(credential)) {
                other.tail().again();
                return;
            }
        }
        open.add(new Open(credential, credential.tail(at, findings)));
    }

    /** Whether any goes on; else no character need be taken. */
    boolean open() {
        return !open.isEmpty();
    }

    @Override
    public void take(int codePoint, long from, long to) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (!open.get(i).tail().take(codePoint, to)) {
                open.remove(i);
            }
        }
    }

    @Override
    public void end() {
        open.forEach(one -> one.tail().end());
        open.clear();
    }

    @Override
    public long settled(long position) {
        long settled = position;
        for (int i = 0; i < open.size(); i++) {
            settled = Math.min(settled, open.get(i).tail().from());
        }
        return settled;
    }
}
