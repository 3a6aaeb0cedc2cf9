package dev.gatehouse.worker.llama;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Carries llama.cpp's log lines from their bounded native queue to SLF4J: no native thread ever calls into Java. */
final class LogDrain implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("llama.cpp");
    private static final long PAUSE_NANOS = 200_000_000;

    private final ByteBuffer lines = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.nativeOrder());

    static void start() {
        Thread.ofPlatform().name("llama-log").daemon().start(new LogDrain());
    }

    @Override
    public void run() {
        while (true) {
            if (drain() == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private int drain() {
        int length = Natives.drainLog(lines);
        lines.clear().limit(length);
        while (lines.hasRemaining()) {
            Level level = level(lines.get());
            byte[] text = new byte[lines.getInt()];
            lines.get(text);
            LOG.atLevel(level).log(() -> new String(text, StandardCharsets.UTF_8).strip());
        }
        return length;
    }

    /** ggml's levels: 1 debug, 2 info, 3 warning, 4 error. Its info is chatty, so it is debug here. */
    private static Level level(byte ggml) {
        return switch (ggml) {
            case 3 -> Level.WARN;
            case 4 -> Level.ERROR;
            default -> Level.DEBUG;
        };
    }
}
