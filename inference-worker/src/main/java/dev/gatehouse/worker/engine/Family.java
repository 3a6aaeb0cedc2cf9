package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sequences that begin with the same prompt. Its tokens but the last, which each of them computes for itself, are in the KV
 * cache once: one member computes them, the others wait for it and then use the same cells. Not thread-safe.
 */
final class Family {

    private final int prefix;
    private final List<Sequence> members = new ArrayList<>();

    /** @param prompt tokens of it */
    Family(int prompt) {
        this.prefix = prompt - 1;
    }

    void join(Sequence sequence) {
        members.add(sequence);
    }

    void leave(Sequence sequence) {
        members.remove(sequence);
    }

    /** Tokens that its members share. */
    int prefix() {
        return prefix;
    }

    /** Cells of the KV cache that its members use. */
    int cells() {
        int common = 0;
        int own = 0;
        for (Sequence member : members) {
            common = Math.max(common, Math.min(member.computed(), prefix));
            own += Math.max(0, member.computed() - prefix);
        }
        return common + own;
    }

    /** A member that has computed all that they share. */
    Optional<Sequence> holder() {
        return members.stream()
                .filter(member -> prefix > 0 && member.computed() >= prefix)
                .findFirst();
    }

    /** A member is computing what they share. */
    boolean forming() {
        return members.stream().anyMatch(member -> member.computed() > 0 && member.computed() < prefix);
    }
}
