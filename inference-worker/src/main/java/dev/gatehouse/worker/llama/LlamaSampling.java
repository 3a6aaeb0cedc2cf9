package dev.gatehouse.worker.llama;

import java.util.Map;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 is greedy
 * @param topP 1 keeps all
 * @param topK 0 keeps all
 * @param minP 0 keeps all
 * @param seed unsigned; 0xFFFFFFFF takes a random one
 * @param penaltyWindow the number of generated tokens that the three penalties look at
 * @param logitBias by token
 * @param logprobs alternatives to report for each token; -1 for no log probabilities at all
 */
public record LlamaSampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        long seed,
        double presencePenalty,
        double frequencyPenalty,
        double repetitionPenalty,
        int penaltyWindow,
        Map<Integer, Float> logitBias,
        int logprobs) {

    byte[] json() {
        return LlamaLibrary.JSON.writeValueAsBytes(this);
    }
}
