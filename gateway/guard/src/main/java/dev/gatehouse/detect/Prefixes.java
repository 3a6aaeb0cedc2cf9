package dev.gatehouse.detect;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Tells where in a text any of some words ends, with one look at a table a character (Aho and Corasick, 1975). None of the words may
 * be the end of another, so that at most one ends at a time.
 */
final class Prefixes {

    static final int START = 0;

    private static final int NONE = -1;

    /** The column of each ASCII character; 0 for those of no word. */
    private final byte[] columns = new byte[128];

    private final int width;
    private final short[] next;
    private final byte[] ending;
    private int states = 1;

    Prefixes(List<String> words) {
        int used = 1;
        for (char c : String.join("", words).toCharArray()) {
            if (columns[c] == 0) {
                columns[c] = (byte) used++;
            }
        }
        width = used;
        int most = words.stream().mapToInt(String::length).sum() + 1;
        next = new short[most * width];
        ending = new byte[most];
        Arrays.fill(ending, (byte) NONE);
        for (int word = 0; word < words.size(); word++) {
            add(words.get(word), word);
        }
        link();
    }

    /** The state after one more character of the text. */
    int after(int state, int c) {
        return c < columns.length ? next[state * width + columns[c]] : START;
    }

    /** The word that ends in a state; negative when none does. */
    int ending(int state) {
        return ending[state];
    }

    private void add(String word, int index) {
        int state = START;
        for (char c : word.toCharArray()) {
            int edge = state * width + columns[c];
            if (next[edge] == START) {
                next[edge] = (short) states++;
            }
            state = next[edge];
        }
        ending[state] = (byte) index;
    }

    /** Where a word breaks off, the longest other that the text could be within goes on. */
    private void link() {
        int[] shorter = new int[states];
        Queue<Integer> queue = new ArrayDeque<>();
        queue.add(START);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (ending[state] == NONE) {
                ending[state] = ending[shorter[state]];
            }
            for (int column = 1; column < width; column++) {
                int edge = state * width + column;
                int otherwise = state == START ? START : next[shorter[state] * width + column];
                if (next[edge] == START) {
                    next[edge] = (short) otherwise;
                } else {
                    shorter[next[edge]] = otherwise;
                    queue.add((int) next[edge]);
                }
            }
        }
    }
}
