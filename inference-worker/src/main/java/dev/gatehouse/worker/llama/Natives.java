package dev.gatehouse.worker.llama;

import java.nio.ByteBuffer;

/** The native methods; which thread may call which is in the package's documentation. Text is UTF-8, a handle of 0 is none. */
final class Natives {

    private Natives() {}

    static native byte[] init(byte[] directory, byte[] gpus);

    static native int drainLog(ByteBuffer lines);

    static native long modelLoad(byte[] path, byte[] loading, Progress progress);

    static native byte[] modelInfo(long model);

    static native void modelFree(long model);

    static native int[] tokenize(long model, byte[] text, boolean addSpecial, boolean parseSpecial);

    static native byte[] piece(long model, int token, boolean special);

    static native long chatNew(long model, byte[] body, byte[] sampling);

    static native byte[] chatInfo(long chat);

    static native int[] chatTokens(long chat);

    static native void chatAccept(long chat, int[] tokens);

    static native byte[] chatParse(long chat, byte[] text, boolean last);

    static native void chatFree(long chat);

    static native long contextNew(
            long model, int slots, int sequences, int kvTokens, int rows, int threads, int expertsEvery);

    static native void contextBind(long context, int slot, long chat);

    static native void contextDrop(long context, int sequence, int start, int end);

    static native void contextShare(long context, int from, int to, int start, int end);

    static native long contextStateBytes(long context, int slot, int from, int to);

    static native long contextSave(long context, int slot, int from, int to, ByteBuffer into, long size);

    static native boolean contextRestore(long context, int slot, int from, int to, ByteBuffer state, long size);

    static native int contextStep(long context, ByteBuffer rows, int count, ByteBuffer picks, int capacity);

    static native int contextExperts(long context, ByteBuffer counts);

    static native void contextAbort(long context);

    static native void contextFree(long context);
}
