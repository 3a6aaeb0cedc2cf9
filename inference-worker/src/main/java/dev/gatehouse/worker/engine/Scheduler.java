package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.kvstore.BlockKeys;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Plans each step: first one row for each sequence that decodes, then chunks of prompts for as long as the step may take.
 * Sequences are admitted while the cache has room for their prompts and for answers as long as answers are; where one grows
 * longer and the cache is full, the youngest of the lowest priority gives its slot back and goes on later from what is
 * left of it in the {@link PrefixTree}. Not thread-safe.
 */
final class Scheduler {

    private static final int LEAST_PROMPT_ROWS = 8;

    private static final Comparator<Sequence> URGENCY =
            Comparator.comparing((Sequence sequence) -> sequence.caller().priority());
    private static final Comparator<Sequence> FIRST_SERVED = URGENCY.thenComparingLong(Sequence::arrival);

    private final Size size;
    private final Cells cells;
    private final StepCost cost;
    private final AnswerLengths lengths;
    private final PrefixTree tree;
    private final FairQueue queue = new FairQueue();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private long arrivals;
    private long number;

    /**
     * @param slots sequences that run at a time
     * @param sequences ids, of which those after the slots keep the prefix cache
     * @param kvTokens cells of the KV cache
     * @param idleTokens most cells of it that no running sequence needs
     * @param mostRows of one step; at least the slots
     * @param targetMillis what a step that sequences decode in may take
     */
    record Size(int slots, int sequences, int kvTokens, int idleTokens, int mostRows, double targetMillis) {}

    Scheduler(Size size, Cells cells, StepCost cost, AnswerLengths lengths) {
        this.size = size;
        this.cells = cells;
        this.cost = cost;
        this.lengths = lengths;
        this.tree = new PrefixTree(
                cells,
                size.slots(),
                size.sequences() - size.slots(),
                (position, count) -> cost.promptRow(position + count / 2));
        for (int slot = 0; slot < size.slots(); slot++) {
            freeSlots.add(slot);
        }
    }

    void add(Sequence sequence) {
        sequence.arrive(arrivals++);
        queue.add(sequence);
    }

    /** The sequence has ended; what it has computed stays for others. */
    void remove(Sequence sequence) {
        if (running.remove(sequence)) {
            unseat(sequence);
            if (sequence.generated() > 0) {
                lengths.ended(sequence.generated());
            }
            boundIdle();
        } else {
            queue.remove(sequence);
        }
        if (running.isEmpty() && queue.size() == 0) {
            queue.forget();
        }
    }

    /** Tokens that are in the cache, or about to be, of those that a sequence begins with that has not come yet. */
    int match(Sequence sequence) {
        return tree.match(sequence);
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return queue.size();
    }

    /** Cells that running sequences need. */
    int kvUsed() {
        return occupied() - tree.idle();
    }

    /** What is told about each running sequence. */
    interface Holdings {
        void holds(Sequence sequence, double cells);
    }

    /** Tells the cells that running sequences need; one that several need is shared out evenly. Together they are {@link #kvUsed}. */
    void held(Holdings holdings) {
        tree.held(holdings);
        for (Sequence sequence : running) {
            holdings.holds(sequence, Math.max(0, sequence.computed() - tree.end(sequence)));
        }
    }

    /** Cells that only the prefix cache needs. */
    int kvIdle() {
        return tree.idle();
    }

    /** What a sequence that came now would find. */
    Quote quote(Sequence sequence) {
        int cached = tree.filled(sequence);
        int missing = sequence.length() - cached;
        long before = (long) missing * (cached + sequence.length()) / 2;
        boolean free = queue.size() == 0 && !freeSlots.isEmpty();
        double queueMs = free ? 0 : (queue.size() + 1) * (double) nextEnd().toMillis();
        double prefillMs = cost.millis(new StepCost.Shape(0, missing, before));
        return new Quote(sequence.length(), cached, queueMs, prefillMs);
    }

    /** In what time one of those that run or wait is likely to end, which makes a place free. */
    Duration nextEnd() {
        int all = running.size() + queue.size();
        if (all == 0) {
            return Duration.ZERO;
        }
        long prompts = queue.tokens()
                + running.stream().mapToLong(sequence -> sequence.pending() - 1).sum();
        double answers = queue.size() * lengths.mean()
                + running.stream().mapToInt(lengths::left).sum();
        int together = Math.min(all, size.slots());
        double eachToken = cost.millis(new StepCost.Shape(together, 0, occupied())) / together;
        return Duration.ofMillis((long) ((prompts * cost.promptRow(0) + answers * eachToken) / all));
    }

    /** The next step; it has no rows if nothing can run. */
    Step plan() {
        number++;
        Step step = new Step();
        do {
            yieldToDecoding(step);
            if (step.preempted().isEmpty()) {
                admit(step);
            }
            decode(step);
            prefill(step);
        } while (step.rows().isEmpty() && wanted() && preempt(step, true));
        return step;
    }

    /** The step was computed. */
    void done(Step step) {
        for (Step.Rows rows : step.rows()) {
            Sequence sequence = rows.sequence();
            sequence.advance(rows.count());
            tree.computed(sequence, sequence.computed());
            if (rows.from() + rows.count() == sequence.length()) {
                queue.generated(sequence);
            }
        }
    }

    private void yieldToDecoding(Step step) {
        while (decoding().size() > free() + tree.idle() && preempt(step, false)) {}
    }

    private void decode(Step step) {
        List<Sequence> decoding = decoding();
        makeFree(decoding.size());
        decoding.stream().limit(free()).forEach(sequence -> serve(sequence, 1, false, step));
    }

    private List<Sequence> decoding() {
        return running.stream()
                .filter(sequence -> sequence.decoding() && !sequence.idle())
                .toList();
    }

    private boolean wanted() {
        return running.stream().anyMatch(sequence -> !sequence.idle() && sequence.pending() > 0);
    }

    /** The youngest of the lowest priority gives way, if it has something to give and need not keep it. */
    private boolean preempt(Step step, boolean keepOne) {
        Optional<Sequence> victim = running.stream()
                .filter(sequence -> sequence.computed() > 0 && !sequence.paused())
                .max(FIRST_SERVED);
        if (victim.isEmpty() || (keepOne && running.size() == 1)) {
            return false;
        }
        giveWay(victim.get(), step);
        return true;
    }

    private void giveWay(Sequence sequence, Step step) {
        running.remove(sequence);
        unseat(sequence);
        queue.giveWay(sequence);
        step.preempted().add(sequence);
    }

    private void unseat(Sequence sequence) {
        tree.leave(sequence);
        cells.drop(sequence.slot(), 0, Integer.MAX_VALUE);
        freeSlots.addFirst(sequence.slot());
        sequence.unseat();
    }

    private void admit(Step step) {
        Optional<Sequence> next = queue.next();
        while (next.isPresent() && admit(next.get(), step)) {
            next = queue.next();
        }
    }

    /** False if it has to wait, and with it all that come after it. */
    private boolean admit(Sequence next, Step step) {
        if (!freeSlots.isEmpty() && (running.isEmpty() || fits(next))) {
            next.seat(freeSlots.remove(), number);
            running.add(next);
            tree.enter(next);
            queue.take(next, tree.missing(next));
            step.admitted().add(next);
            return true;
        }
        Optional<Sequence> lower = running.stream()
                .filter(sequence -> URGENCY.compare(sequence, next) > 0 && !sequence.paused())
                .max(FIRST_SERVED);
        lower.ifPresent(sequence -> giveWay(sequence, step));
        return lower.isPresent();
    }

    private boolean fits(Sequence next) {
        long promised = tree.pinned();
        for (Sequence sequence : running) {
            promised += sequence.length() - tree.end(sequence) + lengths.left(sequence);
        }
        return promised + next.length() - tree.pinned(next) + lengths.left(next) <= size.kvTokens();
    }

    private void prefill(Step step) {
        List<Sequence> prompts = running.stream()
                .filter(sequence -> !sequence.idle() && !sequence.decoding() && sequence.pending() > 0)
                .sorted(URGENCY.thenComparingLong(Sequence::servedAt).thenComparingLong(Sequence::arrival))
                .toList();
        prompts.forEach(sequence -> restore(sequence, step));
        int left = Math.min(promptRows(step, prompts), free() - step.size() + tree.idle());
        for (Priority priority : Priority.values()) {
            left -= share(
                    prompts.stream()
                            .filter(p -> p.caller().priority() == priority)
                            .toList(),
                    left,
                    step);
        }
        makeFree(step.size());
    }

    /** Takes what was stored of its prompt in place of computing it, unless another one is about to compute it. */
    private void restore(Sequence sequence, Step step) {
        StoredPrompt stored = sequence.stored();
        if (stored.isEmpty()) {
            return;
        }
        tree.advance(sequence);
        int from = sequence.computed();
        int limit = from + Math.min(tree.writable(sequence), sequence.pending() - 1);
        if (limit > from) {
            restore(sequence, stored, limit, step);
            stored.close();
        }
    }

    private void restore(Sequence sequence, StoredPrompt stored, int limit, Step step) {
        int from = sequence.computed();
        int end = stored.end(from);
        while (end > from
                && end <= limit
                && makeFree(step.size() + BlockKeys.TOKENS)
                && cells.restore(sequence.slot(), from, end, stored.state(from))) {
            sequence.advance(end - from);
            tree.computed(sequence, end);
            from = end;
            end = stored.end(from);
        }
    }

    /** As many as the step has time for beside those that decode, who leave prompts half of it where they are slow themselves. */
    private int promptRows(Step step, List<Sequence> prompts) {
        int most = size.mostRows() - step.size();
        if (step.size() == 0 || prompts.isEmpty()) {
            return most;
        }
        double other = cost.beforePrompts(step.shape());
        double millis = Math.max(size.targetMillis() - other, other);
        int rows = cost.promptRows(millis, prompts.getFirst().computed());
        return Math.clamp(rows, Math.min(LEAST_PROMPT_ROWS, most), most);
    }

    private int share(List<Sequence> prompts, int budget, Step step) {
        List<Sequence> ready = new ArrayList<>();
        for (Sequence sequence : prompts) {
            tree.advance(sequence);
            if (tree.writable(sequence) > 0) {
                ready.add(sequence);
            }
        }
        if (ready.isEmpty() || budget <= 0) {
            return 0;
        }
        int[] wanted = ready.stream().mapToInt(tree::writable).toArray();
        int[] counts = new PromptShares(wanted, budget).counts();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                serve(ready.get(i), counts[i], true, step);
            }
        }
        return Arrays.stream(counts).sum();
    }

    private void serve(Sequence sequence, int count, boolean prompt, Step step) {
        sequence.serve(number);
        step.rows().add(new Step.Rows(sequence, sequence.computed(), count, prompt));
    }

    /** Whether there are as many free cells. */
    private boolean makeFree(int count) {
        while (free() < count && tree.evict(count - free())) {}
        return free() >= count;
    }

    private void boundIdle() {
        while (tree.idle() > size.idleTokens() && tree.evict(tree.idle() - size.idleTokens())) {}
    }

    private int free() {
        return size.kvTokens() - occupied();
    }

    private int occupied() {
        int own = 0;
        for (Sequence sequence : running) {
            own += Math.max(0, sequence.computed() - tree.end(sequence));
        }
        return tree.cells() + own;
    }
}
