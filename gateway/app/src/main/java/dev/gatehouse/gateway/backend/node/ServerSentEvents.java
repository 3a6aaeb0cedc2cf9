package dev.gatehouse.gateway.backend.node;

import java.io.ByteArrayOutputStream;

/**
 * Finds the data of server-sent events (WHATWG HTML, section 9.2) in bytes that arrive in any pieces: one {@code data} line to an event,
 * as nodes write them.
 */
final class ServerSentEvents {

    private static final byte[] FIELD = {'d', 'a', 't', 'a', ':'};

    private final ByteArrayOutputStream carry = new ByteArrayOutputStream();
    private final int limit;

    /** Takes the data of one event: bytes {@code from} (inclusive) to {@code to} (exclusive), valid only during the call. */
    interface Events {
        void data(byte[] bytes, int from, int to);
    }

    /** @param limit longest line accepted, in bytes */
    ServerSentEvents(int limit) {
        this.limit = limit;
    }

    /** @throws IllegalStateException when a line is too long */
    void feed(byte[] bytes, Events events) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i, events);
                start = i + 1;
            }
        }
        keep(bytes, start);
    }

    private void line(byte[] bytes, int from, int to, Events events) {
        if (carry.size() == 0) {
            emit(bytes, from, to, events);
            return;
        }
        carry.write(bytes, from, to - from);
        byte[] whole = carry.toByteArray();
        carry.reset();
        emit(whole, 0, whole.length, events);
    }

    private void keep(byte[] bytes, int from) {
        if (carry.size() + bytes.length - from > limit) {
            throw new IllegalStateException("an event is longer than " + limit + " bytes");
        }
        carry.write(bytes, from, bytes.length - from);
    }

    private static void emit(byte[] bytes, int from, int to, Events events) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (end - from < FIELD.length || !isData(bytes, from)) {
            return;
        }
        int start = from + FIELD.length;
        events.data(bytes, start < end && bytes[start] == ' ' ? start + 1 : start, end);
    }

    private static boolean isData(byte[] bytes, int from) {
        for (int i = 0; i < FIELD.length; i++) {
            if (bytes[from + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
