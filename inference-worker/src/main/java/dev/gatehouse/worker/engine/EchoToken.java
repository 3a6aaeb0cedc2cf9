package dev.gatehouse.worker.engine;

/**
 * One token of the echo engine: the bytes between two cuts.
 *
 * @param id a number made from the bytes, below the engine's vocabulary
 * @param text the characters that are complete with this token
 * @param shown whether a chunk leaves with this token; else its id comes with the next one that is shown
 */
record EchoToken(int id, Channel channel, String text, byte[] bytes, boolean shown) {

    /** Which part of the answer a token belongs to. */
    enum Channel {
        REASONING,
        CONTENT,
        TOOL
    }
}
