package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.llama.LlamaSampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sampling that a model's makers advise, for requests that say nothing: from {@code general.sampling.*} of the GGUF file,
 * else from the file {@code NAME.json} beside {@code NAME.gguf} ({@code {"sampling":{"temperature":0}}}), else neutral.
 */
record SamplingDefaults(double temperature, double topP, int topK, double minP, double repetitionPenalty) {

    private static final SamplingDefaults NEUTRAL = new SamplingDefaults(1, 1, 0, 0, 1);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Card(Advice sampling) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Advice(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            @Nullable Double minP,
            @Nullable Double repetitionPenalty) {}

    static SamplingDefaults of(Gguf file, Path path) throws EngineStartException {
        if (file.metadata().keySet().stream().anyMatch(key -> key.startsWith("general.sampling."))) {
            return NEUTRAL.with(new Advice(
                    file.real("general.sampling.temp"),
                    file.real("general.sampling.top_p"),
                    integer(file.real("general.sampling.top_k")),
                    file.real("general.sampling.min_p"),
                    file.real("general.sampling.penalty_repeat")));
        }
        Path card = path.resolveSibling(path.getFileName().toString().replaceFirst("(?i)\\.gguf$", "") + ".json");
        return Files.exists(card) ? NEUTRAL.with(read(card)) : NEUTRAL;
    }

    /** What the request says, and these defaults for the rest. */
    LlamaSampling apply(Sampling asked, int penaltyWindow) {
        return new LlamaSampling(
                asked.temperature().orElse(temperature),
                asked.topP().orElse(topP),
                asked.topK().orElse(topK),
                asked.minP().orElse(minP),
                seed(asked),
                asked.presencePenalty().orElse(0),
                asked.frequencyPenalty().orElse(0),
                asked.repetitionPenalty().orElse(repetitionPenalty),
                penaltyWindow,
                asked.logitBias(),
                asked.logprobs().orElse(-1));
    }

    /** Unsigned 32 bits; all ones mean "random" to llama.cpp, so they are not used. */
    private static long seed(Sampling asked) {
        long wide = asked.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
        return Math.min((wide ^ (wide >>> 32)) & 0xFFFFFFFFL, 0xFFFFFFFEL);
    }

    private SamplingDefaults with(Advice advice) {
        return new SamplingDefaults(
                or(advice.temperature(), temperature),
                or(advice.topP(), topP),
                advice.topK() == null ? topK : advice.topK(),
                or(advice.minP(), minP),
                or(advice.repetitionPenalty(), repetitionPenalty));
    }

    private static double or(@Nullable Double advised, double otherwise) {
        return advised == null ? otherwise : advised;
    }

    private static @Nullable Integer integer(@Nullable Double value) {
        return value == null ? null : value.intValue();
    }

    private static Advice read(Path card) throws EngineStartException {
        try {
            return JSON.readValue(Files.readAllBytes(card), Card.class).sampling();
        } catch (IOException | JacksonException e) {
            throw new EngineStartException("Can not read the model's defaults in " + card + ": " + e.getMessage(), e);
        }
    }
}
