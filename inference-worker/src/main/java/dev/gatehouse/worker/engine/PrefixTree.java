package dev.gatehouse.worker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A radix tree of the beginnings that the KV cache holds, with a root for each owner. A running sequence promises its prompt
 * to the tree before it is computed, so that another one with the same beginning waits for it, or goes on where it was left,
 * and no beginning is computed twice or lies twice in the cache. What sequences leave behind stays until room is needed:
 * then goes what is cheapest to compute again of what was not used for long (GreedyDual-Size, Cao and Irani, USENIX 1997),
 * from its end. Not thread-safe.
 */
final class PrefixTree {

    /** A trimmed beginning loses at least as many tokens, so that it is not trimmed in each step. */
    private static final int LEAST_TRIM = 64;

    private final Cells cells;
    private final Recompute recompute;
    private final Deque<Integer> keepers = new ArrayDeque<>();
    private final Map<String, TreeNode> roots = new HashMap<>();
    private final List<TreeNode> nodes = new ArrayList<>();
    private final Map<Sequence, TreeNode> ends = new HashMap<>();
    private int used;
    private double age;

    /** What a token costs to compute again. */
    interface Recompute {
        double perToken(int position, int count);
    }

    /**
     * @param firstKeeper sequence ids from this one on keep the cells of nodes
     * @param keepers how many; with none the tree stays empty
     */
    PrefixTree(Cells cells, int firstKeeper, int keepers, Recompute recompute) {
        this.cells = cells;
        this.recompute = recompute;
        IntStream.range(firstKeeper, firstKeeper + keepers).forEach(this.keepers::add);
    }

    /** Cells of all nodes. */
    int cells() {
        return used;
    }

    /** Cells of nodes that no running sequence begins with. */
    int idle() {
        return nodes.stream()
                .filter(node -> node.users().isEmpty())
                .mapToInt(TreeNode::filled)
                .sum();
    }

    /** Tells the cells that running sequences begin with, each one shared out evenly among them. */
    void held(Scheduler.Holdings holdings) {
        for (TreeNode node : nodes) {
            double share = (double) node.filled() / Math.max(1, node.users().size());
            node.users().forEach(user -> holdings.holds(user, share));
        }
    }

    /** Tokens, computed or promised, that running sequences begin with. */
    int pinned() {
        return nodes.stream()
                .filter(node -> !node.users().isEmpty())
                .mapToInt(TreeNode::length)
                .sum();
    }

    /** Those of them that this sequence, which does not run, begins with. */
    int pinned(Sequence sequence) {
        return match(sequence, node -> !node.users().isEmpty());
    }

    /** Tokens, computed or promised, that this sequence, which does not run, begins with. */
    int match(Sequence sequence) {
        return match(sequence, node -> true);
    }

    private int match(Sequence sequence, Predicate<TreeNode> along) {
        TreeNode node = root(sequence);
        int most = sequence.length() - 1;
        while (node.end() < most) {
            Optional<TreeNode> next = node.child(sequence.token(node.end())).filter(along);
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
            int common = node.common(sequence, most);
            if (common < node.length()) {
                return node.start() + common;
            }
        }
        return node.end();
    }

    /** How many tokens of a sequence, all but its last, are in the cache. */
    int filled(Sequence sequence) {
        TreeNode node = root(sequence);
        int most = sequence.length() - 1;
        int filled = 0;
        boolean whole = true;
        while (whole
                && node.end() < most
                && node.child(sequence.token(node.end())).isPresent()) {
            node = node.child(sequence.token(node.end())).get();
            int common = node.common(sequence, most);
            filled = node.start() + Math.min(common, node.filled());
            whole = common == node.length() && node.full();
        }
        return filled;
    }

    /** How many tokens of a running sequence are in the tree, computed or promised. */
    int end(Sequence sequence) {
        return at(sequence).end();
    }

    /** How many tokens of a running sequence nobody else has computed or promised. */
    int missing(Sequence sequence) {
        int missing = sequence.length() - end(sequence);
        for (TreeNode node : path(sequence)) {
            if (node.writer().filter(writer -> writer == sequence).isPresent()) {
                missing += node.length() - node.filled();
            }
        }
        return missing;
    }

    /** A sequence runs: it promises all of its tokens but the last, which it needs for itself. */
    void enter(Sequence sequence) {
        int most = sequence.length() - 1;
        TreeNode node = walk(root(sequence), sequence, most, false);
        ends.put(sequence, promise(node, sequence, most));
    }

    /** Gives the sequence the cells of all that was computed of its beginning. */
    void advance(Sequence sequence) {
        for (TreeNode node : path(sequence)) {
            int from = Math.max(node.start(), sequence.computed());
            if (node.filledTo() > from) {
                cells.share(node.keeper(), sequence.slot(), from, node.filledTo());
                sequence.advance(node.filledTo() - from);
            }
            if (!node.full()) {
                return;
            }
        }
    }

    /** The number of tokens from the first missing one on that the sequence may compute; 0 if another one is at it. */
    int writable(Sequence sequence) {
        for (TreeNode node : path(sequence)) {
            if (!node.full()) {
                if (!mayWrite(sequence, node)) {
                    return node.filledTo() - sequence.computed();
                }
                node.writeBy(sequence);
            }
        }
        return sequence.pending();
    }

    private static boolean mayWrite(Sequence sequence, TreeNode node) {
        return node.writer()
                .map(writer -> writer == sequence
                        || writer.idle()
                        || writer.caller()
                                        .priority()
                                        .compareTo(sequence.caller().priority())
                                > 0)
                .orElse(true);
    }

    /** The sequence has computed its tokens up to this position. */
    void computed(Sequence sequence, int until) {
        for (TreeNode node : path(sequence)) {
            int to = Math.min(until, node.end());
            if (node.writer().filter(writer -> writer == sequence).isPresent() && to > node.filledTo()) {
                cells.share(sequence.slot(), node.keeper(), node.filledTo(), to);
                used += to - node.filledTo();
                node.fill(to);
            }
        }
    }

    /** The sequence does not run any more: what it has computed stays, what it has promised is left to others. */
    void leave(Sequence sequence) {
        keep(sequence);
        TreeNode node = at(sequence);
        ends.remove(sequence);
        while (!node.isRoot()) {
            TreeNode parent = node.parent();
            node.users().remove(sequence);
            node.leaveTo(node.users());
            node.value(age + recompute.perToken(node.start(), node.length()));
            if (node.users().isEmpty()) {
                settle(node);
            }
            node = parent;
        }
    }

    private void keep(Sequence sequence) {
        if (sequence.computed() > end(sequence)) {
            TreeNode node = walk(at(sequence), sequence, sequence.computed(), true);
            ends.put(sequence, promise(node, sequence, sequence.computed()));
            computed(sequence, sequence.computed());
        }
    }

    /** Forgets what was only promised, and is one node with its child where nothing else follows. */
    private void settle(TreeNode node) {
        if (node.filled() == 0) {
            remove(node);
            return;
        }
        node.cut(node.filled());
        if (node.children().size() == 1) {
            TreeNode child = node.children().iterator().next();
            if (child.users().isEmpty()) {
                cells.share(child.keeper(), node.keeper(), child.start(), child.end());
                cells.drop(child.keeper(), child.start(), child.end());
                node.absorb(child);
                nodes.remove(child);
                keepers.add(child.keeper());
            }
        }
    }

    /**
     * Frees cells that no running sequence needs, if there are any.
     *
     * @param count wanted; one call may free more or fewer
     * @return whether it freed some
     */
    boolean evict(int count) {
        Optional<TreeNode> least = leastValued();
        least.ifPresent(node -> trim(node, Math.max(count, LEAST_TRIM)));
        return least.isPresent();
    }

    private Optional<TreeNode> leastValued() {
        return nodes.stream()
                .filter(node -> node.users().isEmpty() && node.children().isEmpty())
                .min(Comparator.comparingDouble(TreeNode::value));
    }

    private void trim(TreeNode node, int count) {
        age = Math.max(age, node.value());
        if (count >= node.filled()) {
            remove(node);
            return;
        }
        cells.drop(node.keeper(), node.filledTo() - count, node.filledTo());
        used -= count;
        node.cut(node.filled() - count);
    }

    private void remove(TreeNode node) {
        if (node.filled() > 0) {
            cells.drop(node.keeper(), node.start(), node.filledTo());
            used -= node.filled();
        }
        node.detach();
        nodes.remove(node);
        keepers.add(node.keeper());
    }

    /**
     * The deepest node whose tokens up to its end are the sequence's; one that only begins like it is split there.
     *
     * @param computedOnly goes by no node that is not computed
     */
    private TreeNode walk(TreeNode from, Sequence sequence, int until, boolean computedOnly) {
        TreeNode node = from;
        while (node.end() < until) {
            Optional<TreeNode> next = node.child(sequence.token(node.end()))
                    .filter(child -> child.full() || !computedOnly)
                    .flatMap(child -> upTo(child, child.common(sequence, until)));
            if (next.isEmpty()) {
                return node;
            }
            node = next.get();
            node.users().add(sequence);
        }
        return node;
    }

    private Optional<TreeNode> upTo(TreeNode node, int count) {
        return count == node.length() ? Optional.of(node) : keeper(node).map(keeper -> split(node, keeper, count));
    }

    private TreeNode split(TreeNode node, int keeper, int count) {
        TreeNode upper = node.splitOff(keeper, count);
        if (upper.filled() > 0) {
            cells.share(node.keeper(), keeper, upper.start(), upper.filledTo());
            cells.drop(node.keeper(), upper.start(), upper.filledTo());
        }
        nodes.add(upper);
        return upper;
    }

    /** The sequence's tokens as a node of their own, if they can be one. */
    private TreeNode promise(TreeNode node, Sequence sequence, int until) {
        if (node.end() >= until || node.child(sequence.token(node.end())).isPresent()) {
            return node;
        }
        return keeper(node)
                .map(keeper -> {
                    TreeNode own = node.grow(keeper, sequence.tokens(node.end(), until));
                    own.writeBy(sequence);
                    own.users().add(sequence);
                    nodes.add(own);
                    return own;
                })
                .orElse(node);
    }

    /** An id that is free, or becomes so; not this node's. */
    private Optional<Integer> keeper(TreeNode except) {
        if (keepers.isEmpty()) {
            nodes.stream()
                    .filter(node -> node != except
                            && node.users().isEmpty()
                            && node.children().isEmpty())
                    .min(Comparator.comparingDouble(TreeNode::value))
                    .ifPresent(node -> trim(node, node.filled()));
        }
        return Optional.ofNullable(keepers.poll());
    }

    private TreeNode root(Sequence sequence) {
        return roots.computeIfAbsent(sequence.caller().owner().name(), owner -> TreeNode.root());
    }

    private TreeNode at(Sequence sequence) {
        return Optional.ofNullable(ends.get(sequence)).orElseThrow();
    }

    /** From the root's child down. */
    private List<TreeNode> path(Sequence sequence) {
        Deque<TreeNode> path = new ArrayDeque<>();
        for (TreeNode node = at(sequence); !node.isRoot(); node = node.parent()) {
            path.addFirst(node);
        }
        return List.copyOf(path);
    }
}
