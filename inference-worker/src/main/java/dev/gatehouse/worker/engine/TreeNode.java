package dev.gatehouse.worker.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens that follow those of the parent, and the sequence id that keeps their cells. They are computed from the first on, by one writer. */
final class TreeNode {

    private static final int NO_KEEPER = -1;

    private final int keeper;
    private Optional<TreeNode> parent;
    private int start;
    private int[] tokens;
    private int filled;
    private Optional<Sequence> writer = Optional.empty();
    private final Map<Integer, TreeNode> children = new HashMap<>();
    private final Set<Sequence> users = new LinkedHashSet<>();
    private double value;

    private TreeNode(int keeper, Optional<TreeNode> parent, int start, int[] tokens) {
        this.keeper = keeper;
        this.parent = parent;
        this.start = start;
        this.tokens = tokens;
    }

    static TreeNode root() {
        return new TreeNode(NO_KEEPER, Optional.empty(), 0, new int[0]);
    }

    /** A child whose tokens are not computed yet. */
    TreeNode grow(int newKeeper, int[] next) {
        TreeNode child = new TreeNode(newKeeper, Optional.of(this), end(), next);
        children.put(next[0], child);
        return child;
    }

    /** Puts a node between the parent and this one, which gets the first tokens; their cells are still this one's. */
    TreeNode splitOff(int newKeeper, int count) {
        TreeNode upper = new TreeNode(newKeeper, parent, start, Arrays.copyOf(tokens, count));
        upper.filled = Math.min(filled, count);
        upper.writer = upper.full() ? Optional.empty() : writer;
        upper.users.addAll(users);
        upper.value = value;
        parent().children.put(tokens[0], upper);
        parent = Optional.of(upper);
        start += count;
        tokens = Arrays.copyOfRange(tokens, count, tokens.length);
        filled -= upper.filled;
        upper.children.put(tokens[0], this);
        return upper;
    }

    /** Takes the tokens and the children of its only child. */
    void absorb(TreeNode child) {
        int length = tokens.length;
        tokens = Arrays.copyOf(tokens, length + child.tokens.length);
        System.arraycopy(child.tokens, 0, tokens, length, child.tokens.length);
        filled += child.filled;
        value = child.value;
        children.clear();
        children.putAll(child.children);
        children.values().forEach(grandchild -> grandchild.parent = Optional.of(this));
    }

    void detach() {
        parent().children.remove(tokens[0]);
    }

    /** Forgets the tokens from this many on. */
    void cut(int length) {
        tokens = Arrays.copyOf(tokens, length);
        filled = Math.min(filled, length);
    }

    void fill(int until) {
        filled = until - start;
        if (full()) {
            writer = Optional.empty();
        }
    }

    /** The number of its tokens that the sequence has at their positions. */
    int common(Sequence sequence, int until) {
        int most = Math.min(tokens.length, until - start);
        int common = 0;
        while (common < most && tokens[common] == sequence.token(start + common)) {
            common++;
        }
        return common;
    }

    Optional<TreeNode> child(int token) {
        return Optional.ofNullable(children.get(token));
    }

    Collection<TreeNode> children() {
        return children.values();
    }

    boolean isRoot() {
        return parent.isEmpty();
    }

    TreeNode parent() {
        return parent.orElseThrow();
    }

    int keeper() {
        return keeper;
    }

    int start() {
        return start;
    }

    int end() {
        return start + tokens.length;
    }

    int length() {
        return tokens.length;
    }

    int[] tokens() {
        return tokens;
    }

    int filled() {
        return filled;
    }

    /** The position of its first token that is not computed. */
    int filledTo() {
        return start + filled;
    }

    boolean full() {
        return filled == tokens.length;
    }

    Optional<Sequence> writer() {
        return writer;
    }

    void writeBy(Sequence sequence) {
        writer = Optional.of(sequence);
    }

    void leaveTo(Set<Sequence> others) {
        writer = writer.filter(others::contains);
    }

    /** Running sequences that begin with it. */
    Set<Sequence> users() {
        return users;
    }

    /** What it is worth to keep it. */
    double value() {
        return value;
    }

    void value(double now) {
        value = now;
    }
}
