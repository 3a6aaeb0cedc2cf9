package dev.gatehouse.worker.ledger;

import java.util.NoSuchElementException;

/** First in, first out, in one array: 4 to 8 bytes a number. Not thread-safe. */
final class IntQueue {

    private int[] ring;
    private int head;
    private int size;

    /** @param expected how many fit before the array grows */
    IntQueue(int expected) {
        ring = new int[Math.max(16, expected)];
    }

    void addLast(int number) {
        if (size == ring.length) {
            grow();
        }
        ring[at(size++)] = number;
    }

    /** @throws NoSuchElementException it is empty */
    int first() {
        if (size == 0) {
            throw new NoSuchElementException();
        }
        return ring[head];
    }

    /** @throws NoSuchElementException it is empty */
    int removeFirst() {
        int number = first();
        head = at(1);
        size--;
        return number;
    }

    int size() {
        return size;
    }

    private int at(int offset) {
        int index = head + offset;
        return index < ring.length ? index : index - ring.length;
    }

    private void grow() {
        int[] larger = new int[ring.length * 2];
        System.arraycopy(ring, head, larger, 0, ring.length - head);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        ring = larger;
        head = 0;
    }
}
