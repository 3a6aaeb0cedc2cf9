package dev.gatehouse.worker.engine;

/**
 * Stack of the threads that tokenise and parse, which llama.cpp does by recursion: its regular expressions take up to 384 bytes for
 * each byte that one match is long. Only what is touched takes memory.
 */
final class NativeStack {

    static final long BYTES = 256L << 20;

    /** Bytes of text without a change between white space and other that the stack has room for. */
    static final int LONGEST_RUN = 1 << 19;

    private NativeStack() {}
}
