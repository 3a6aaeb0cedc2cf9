package dev.gatehouse.worker.engine;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the next token is chosen; an absent value is the model's own default.
 *
 * @param temperature 0 (greedy) to 2
 * @param topP 0 to 1
 * @param topK at least 1; the number of candidates
 * @param minP 0 to 1
 * @param seed of the random numbers; choice i of several draws from seed + i
 * @param presencePenalty -2 to 2
 * @param frequencyPenalty -2 to 2
 * @param repetitionPenalty above 0; 1 changes nothing
 * @param logitBias token id to -100 … 100
 * @param logprobs number of alternatives to report for each token, 0 to 20; absent: none, not even the token's own
 */
public record Sampling(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalDouble minP,
        OptionalLong seed,
        OptionalDouble presencePenalty,
        OptionalDouble frequencyPenalty,
        OptionalDouble repetitionPenalty,
        Map<Integer, Float> logitBias,
        OptionalInt logprobs) {

    Sampling withSeed(OptionalLong other) {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                other,
                presencePenalty,
                frequencyPenalty,
                repetitionPenalty,
                logitBias,
                logprobs);
    }
}
