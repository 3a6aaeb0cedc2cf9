package dev.gatehouse.worker.engine;

/**
 * What a loaded model is.
 *
 * @param id the name clients ask for
 * @param engine {@code llama} or {@code echo}
 * @param sha256 lower-case hex digest of the model file; of the empty string for an engine without a file
 * @param context longest sequence, prompt and answer together, in tokens
 * @param vocab number of tokens in the vocabulary
 * @param slots sequences that can run at the same time
 * @param kvTokens tokens that the KV cache holds over all sequences
 */
public record Model(String id, String engine, String sha256, int context, int vocab, int slots, int kvTokens) {}
