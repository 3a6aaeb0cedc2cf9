package dev.gatehouse.worker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Plans each step over the running sequences: first one row for each that decodes, then chunks of prompts, those of new sequences
 * from the queue too while there are slots and room in the KV cache. The oldest prompt gets half of the rows for prompts and the
 * others share the rest, so that a long one does not hold up short ones. When the cache has no room for the next tokens
 * the youngest sequence loses its part and is computed again later. What a {@link Family} shares is computed and counted once.
 * Not thread-safe.
 */
final class Scheduler {

    private final int kvTokens;
    private final int mostRows;
    private final int prefillBesideDecode;
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();

    /** Rows of one sequence; the last of them picks a token if it is the sequence's last. */
    record Rows(Sequence sequence, int from, int count) {

        boolean picks() {
            return from + count == sequence.length();
        }
    }

    /** One sequence gets the first tokens of another one's KV cache. */
    record Share(Sequence from, Sequence to, int length) {}

    /**
     * What to do next.
     *
     * @param admitted sequences that got a slot in this step
     * @param evicted sequences whose KV cache is to be dropped before it
     * @param shared sequences that get the beginning of another one's KV cache, after that
     */
    record Step(List<Sequence> admitted, List<Sequence> evicted, List<Share> shared, List<Rows> rows) {

        int size() {
            return rows.stream().mapToInt(Rows::count).sum();
        }
    }

    /**
     * @param mostRows of one step; at least the number of slots
     * @param prefillBesideDecode most rows of prompts in a step that others decode in: bounds how long these wait
     */
    Scheduler(int slots, int kvTokens, int mostRows, int prefillBesideDecode) {
        this.kvTokens = kvTokens;
        this.mostRows = mostRows;
        this.prefillBesideDecode = prefillBesideDecode;
        for (int slot = 0; slot < slots; slot++) {
            freeSlots.add(slot);
        }
    }

    void add(Sequence sequence) {
        waiting.add(sequence);
    }

    /** The sequence has ended: its slot and its part of the KV cache are free. */
    void remove(Sequence sequence) {
        sequence.family().leave(sequence);
        if (running.remove(sequence)) {
            freeSlots.addFirst(sequence.slot());
        } else {
            waiting.remove(sequence);
        }
    }

    int running() {
        return running.size();
    }

    int kvUsed() {
        return running.stream()
                .map(Sequence::family)
                .distinct()
                .mapToInt(Family::cells)
                .sum();
    }

    /** The next step; it has no rows if nothing can run. */
    Step plan() {
        Step step = new Step(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Sequence> decoding = decoding();
        makeRoom(decoding, step);
        decoding.forEach(sequence -> step.rows().add(new Rows(sequence, sequence.computed(), 1)));
        new Filling(step, decoding.size()).fill();
        return step;
    }

    /** The step was computed. */
    void done(Step step) {
        step.rows().forEach(rows -> rows.sequence().advance(rows.count()));
    }

    private List<Sequence> decoding() {
        List<Sequence> decoding = new ArrayList<>();
        for (Sequence sequence : running) {
            if (sequence.decoding() && !sequence.idle()) {
                decoding.add(sequence);
            }
        }
        return decoding;
    }

    private void makeRoom(List<Sequence> decoding, Step step) {
        for (int i = running.size() - 1; i >= 0 && kvUsed() + decoding.size() > kvTokens; i--) {
            Sequence youngest = running.get(i);
            if (youngest.computed() > 0 && !youngest.paused()) {
                youngest.evict();
                decoding.remove(youngest);
                step.evicted().add(youngest);
            }
        }
    }

    /** The part of a step that computes prompts. */
    private final class Filling {

        /** Each decoding sequence may grow by this many tokens before a newcomer could have to leave again. */
        private static final int HEADROOM = 16;

        private final Step step;
        private final int decoding;
        private final int budget;

        /** Those that may compute now, with the most rows that each can take. */
        private final List<Rows> prompts = new ArrayList<>();

        private int room;

        Filling(Step step, int decoding) {
            this.step = step;
            this.decoding = decoding;
            this.budget = decoding == 0 ? mostRows : Math.min(mostRows - decoding, prefillBesideDecode);
            this.room = kvTokens - kvUsed() - decoding;
        }

        void fill() {
            if (continueRunning()) {
                admit();
            }
            share();
        }

        /** False if one of them has to wait for room, which nobody may take before it. */
        private boolean continueRunning() {
            for (Sequence sequence : running) {
                boolean unfinished = !sequence.idle() && !sequence.decoding() && sequence.pending() > 0;
                if (unfinished && !reserve(sequence)) {
                    return false;
                }
            }
            return true;
        }

        private void admit() {
            while (!waiting.isEmpty() && !freeSlots.isEmpty() && prompts.size() < budget && fits(waiting.element())) {
                Sequence next = waiting.remove();
                next.seat(freeSlots.remove());
                running.add(next);
                step.admitted().add(next);
                if (!next.idle()) {
                    reserve(next);
                }
            }
        }

        /** Keeps room for the whole of it; false if neither this sequence nor a later one may take more. */
        private boolean reserve(Sequence sequence) {
            boolean justEvicted = step.evicted().contains(sequence);
            if (justEvicted || room <= 0 || (sequence.computed() == 0 && !fits(sequence))) {
                return false;
            }
            if (waitsForItsFamily(sequence)) {
                room -= needed(sequence);
                return true;
            }
            share(sequence);
            int most = Math.min(room, sequence.pending());
            prompts.add(new Rows(sequence, sequence.computed(), most));
            room -= sequence.pending();
            return true;
        }

        private void share() {
            if (prompts.isEmpty()) {
                return;
            }
            int[] counts =
                    new PromptShares(prompts.stream().mapToInt(Rows::count).toArray(), budget).counts();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    Rows most = prompts.get(i);
                    step.rows().add(new Rows(most.sequence(), most.from(), counts[i]));
                }
            }
        }

        private void share(Sequence sequence) {
            if (sequence.computed() > 0) {
                return;
            }
            Family family = sequence.family();
            family.holder().ifPresent(holder -> {
                step.shared().add(new Share(holder, sequence, family.prefix()));
                sequence.advance(family.prefix());
            });
        }

        /** Another one computes what they share, now or since an earlier step. */
        private boolean waitsForItsFamily(Sequence sequence) {
            Family family = sequence.family();
            return sequence.computed() == 0
                    && family.holder().isEmpty()
                    && (family.forming()
                            || prompts.stream().anyMatch(rows -> rows.sequence().family() == family));
        }

        /** Cells that it does not have yet and will not share. */
        private int needed(Sequence sequence) {
            boolean shares =
                    sequence.computed() == 0 && (sequence.family().holder().isPresent() || waitsForItsFamily(sequence));
            return sequence.pending() - (shares ? sequence.family().prefix() : 0);
        }

        private boolean fits(Sequence sequence) {
            return needed(sequence) + (long) HEADROOM * decoding <= room;
        }
    }
}
