package dev.gatehouse.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ByteProcessor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts an answer's bytes and its events with data while they arrive, in whatever pieces. */
final class Reading {

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean keepBody;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final byte[] tail = new byte[DONE.length];
    private final ByteProcessor counter = this::count;

    private int status;
    private long length;
    private int events;
    private boolean lineIsEmpty = true;
    private boolean hasData;

    Reading(boolean keepBody) {
        this.keepBody = keepBody;
    }

    void head(int code) {
        status = code;
    }

    void content(ByteBuf piece) {
        if (keepBody) {
            body.writeBytes(ByteBufUtil.getBytes(piece));
        }
        int size = piece.readableBytes();
        piece.forEachByte(counter);
        keepTail(piece, size);
        length += size;
    }

    boolean hasContent() {
        return length > 0;
    }

    Answer end() {
        return new Answer(status, length, events, Arrays.equals(tail, DONE), body.toByteArray());
    }

    private boolean count(byte b) {
        if (b == '\n') {
            if (lineIsEmpty && hasData) {
                events++;
                hasData = false;
            }
            lineIsEmpty = true;
        } else if (b != '\r') {
            hasData |= lineIsEmpty && b == 'd';
            lineIsEmpty = false;
        }
        return true;
    }

    private void keepTail(ByteBuf piece, int size) {
        int fresh = Math.min(size, tail.length);
        System.arraycopy(tail, fresh, tail, 0, tail.length - fresh);
        piece.getBytes(piece.readerIndex() + size - fresh, tail, tail.length - fresh, fresh);
    }
}
