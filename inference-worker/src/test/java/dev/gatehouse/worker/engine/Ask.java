package dev.gatehouse.worker.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A request under construction, for tests. */
record Ask(String body, Sampling sampling, int choices, OptionalInt maxTokens, List<String> stop, long cap) {

    static final Sampling DEFAULT = new Sampling(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Map.of(),
            OptionalInt.empty());

    private static final AtomicInteger IDS = new AtomicInteger();

    static Ask sum(int a, int b) {
        return user("What is " + a + " + " + b + "?");
    }

    static Ask user(String text) {
        return body("""
                {"messages":[{"role":"user","content":"%s"}]}""".formatted(text));
    }

    /** A sum whose answer has to hold to a JSON schema. */
    static Ask schema(String schema) {
        return body("""
                {"messages":[{"role":"user","content":"What is 123 + 456?"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":%s}}}""".formatted(schema));
    }

    static Ask body(String body) {
        return new Ask(body, DEFAULT, 1, OptionalInt.empty(), List.of(), 1_000_000);
    }

    Ask with(Sampling other) {
        return new Ask(body, other, choices, maxTokens, stop, cap);
    }

    Ask choices(int n) {
        return new Ask(body, sampling, n, maxTokens, stop, cap);
    }

    Ask max(int tokens) {
        return new Ask(body, sampling, choices, OptionalInt.of(tokens), stop, cap);
    }

    Ask stop(String... texts) {
        return new Ask(body, sampling, choices, maxTokens, List.of(texts), cap);
    }

    Ask cap(long tokens) {
        return new Ask(body, sampling, choices, maxTokens, stop, tokens);
    }

    /** Draws at this temperature from this seed. */
    Ask drawn(double temperature, long seed) {
        return with(new Sampling(
                OptionalDouble.of(temperature),
                sampling.topP(),
                sampling.topK(),
                sampling.minP(),
                OptionalLong.of(seed),
                sampling.presencePenalty(),
                sampling.frequencyPenalty(),
                sampling.repetitionPenalty(),
                sampling.logitBias(),
                sampling.logprobs()));
    }

    Ask biased(Map<Integer, Float> bias) {
        return with(new Sampling(
                sampling.temperature(),
                sampling.topP(),
                sampling.topK(),
                sampling.minP(),
                sampling.seed(),
                sampling.presencePenalty(),
                sampling.frequencyPenalty(),
                sampling.repetitionPenalty(),
                bias,
                sampling.logprobs()));
    }

    Ask penalised(double presence, double frequency, double repetition) {
        return with(new Sampling(
                sampling.temperature(),
                sampling.topP(),
                sampling.topK(),
                sampling.minP(),
                sampling.seed(),
                OptionalDouble.of(presence),
                OptionalDouble.of(frequency),
                OptionalDouble.of(repetition),
                sampling.logitBias(),
                sampling.logprobs()));
    }

    Ask logprobs(int alternatives) {
        return with(new Sampling(
                sampling.temperature(),
                sampling.topP(),
                sampling.topK(),
                sampling.minP(),
                sampling.seed(),
                sampling.presencePenalty(),
                sampling.frequencyPenalty(),
                sampling.repetitionPenalty(),
                sampling.logitBias(),
                OptionalInt.of(alternatives)));
    }

    GenerationRequest request() {
        return new GenerationRequest(
                "test-" + IDS.incrementAndGet(),
                body.getBytes(StandardCharsets.UTF_8),
                sampling,
                choices,
                maxTokens,
                stop,
                false,
                cap);
    }
}
