package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Sampling;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Which values of the sampling members are accepted. */
final class SamplingRules {

    private static final int MOST_ALTERNATIVES = 20;
    private static final int MOST_CANDIDATES = 1_000_000;
    private static final double MOST_REPETITION = 10;

    private SamplingRules() {}

    static Sampling read(Member root, Model model) throws ApiException {
        return new Sampling(
                root.at("temperature").number(0, 2),
                root.at("top_p").number(0, 1),
                root.at("top_k").integer(1, MOST_CANDIDATES),
                root.at("min_p").number(0, 1),
                root.at("seed").integer64(),
                root.at("presence_penalty").number(-2, 2),
                root.at("frequency_penalty").number(-2, 2),
                repetition(root.at("repetition_penalty")),
                bias(root.at("logit_bias"), model.vocab()),
                logprobs(root));
    }

    private static OptionalDouble repetition(Member penalty) throws ApiException {
        OptionalDouble value = penalty.number(0, MOST_REPETITION);
        if (value.isPresent() && value.getAsDouble() == 0) {
            throw penalty.wrong("invalid_value", "must be above 0; 1 changes nothing");
        }
        return value;
    }

    private static Map<Integer, Float> bias(Member bias, int vocab) throws ApiException {
        if (bias.absent()) {
            return Map.of();
        }
        Map<Integer, Float> values = new HashMap<>();
        for (String token : bias.object().value().propertyNames()) {
            Member value = bias.at(token);
            if (!token.matches("[0-9]{1,9}") || Integer.parseInt(token) >= vocab) {
                throw value.wrong("invalid_value", "is not a token id of this model (0 to " + (vocab - 1) + ")");
            }
            value.require(!value.absent(), "a number");
            values.put(Integer.valueOf(token), (float) value.number(-100, 100).orElseThrow());
        }
        return Map.copyOf(values);
    }

    private static OptionalInt logprobs(Member root) throws ApiException {
        Member top = root.at("top_logprobs");
        OptionalInt alternatives = top.integer(0, MOST_ALTERNATIVES);
        if (root.at("logprobs").bool(false)) {
            return OptionalInt.of(alternatives.orElse(0));
        }
        if (alternatives.isPresent()) {
            throw top.wrong("invalid_value", "needs logprobs: set logprobs to true");
        }
        return OptionalInt.empty();
    }
}
