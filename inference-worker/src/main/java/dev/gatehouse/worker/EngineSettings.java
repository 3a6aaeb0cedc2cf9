package dev.gatehouse.worker;

import dev.gatehouse.worker.engine.LlamaOptions;
import dev.gatehouse.worker.engine.LoadMode;
import dev.gatehouse.worker.engine.Residence;
import dev.gatehouse.worker.engine.Telemetry;
import dev.gatehouse.worker.fit.KvType;
import dev.gatehouse.worker.llama.Backend;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which engine runs, and how large it is.
 *
 * @param model path of a GGUF file, or {@code echo:}
 * @param natives directory of the native libraries; {@code native/lib} beside the jar if it is missing
 * @param threads of the native pool; as many as processors if it is missing
 * @param slots sequences at a time
 * @param queue requests that may wait
 * @param kvTokens size of the KV cache; slots times the model's context, at most 65,536, if it is missing
 * @param idleTokens those of it that may hold prompts and answers that nobody needs now; half of it, at most 2,048, if it is missing
 * @param interToken time from token to token that prompts of others may take
 * @param kvType of the KV cache; f16, or q8_0 where only that fits, if it is missing
 * @param gpuLayers layers on a GPU; as many as fit if it is missing
 * @param expertsOnCpu first layers whose routed experts stay with the processor; as few as possible if it is missing
 * @param loadMode how the weights come into memory
 * @param backend what it computes on; a missing one stops the start
 * @param expertsEvery one step of so many has its picked experts counted; 0: none
 * @param bandwidth of the memory that holds the weights, in GB (10⁹ bytes) a second
 */
record EngineSettings(
        @NotBlank String model,
        @Nullable Path natives,
        @Nullable @Min(1) @Max(512) Integer threads,

        @DefaultValue("64") @Min(1) @Max(LlamaOptions.MOST_SLOTS)
        int slots,

        @DefaultValue("64") @Min(0) @Max(10_000) int queue,
        @Nullable @Min(256) Integer kvTokens,
        @Nullable @Min(0) Integer idleTokens,

        @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration interToken,

        @Nullable KvType kvType,
        @Nullable @Min(0) Integer gpuLayers,
        @Nullable @Min(0) Integer expertsOnCpu,
        @DefaultValue("auto") LoadMode loadMode,
        @DefaultValue("auto") Backend backend,

        @DefaultValue("16") @Min(0) @Max(Telemetry.MOST_EXPERTS_EVERY)
        int expertsEvery,

        @Nullable @Positive Double bandwidth) {

    private static final double GIGA = 1e9;

    Residence residence() {
        return new Residence(Optional.ofNullable(kvType), optional(gpuLayers), optional(expertsOnCpu), loadMode);
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    Telemetry telemetry() {
        return new Telemetry(
                expertsEvery, bandwidth == null ? OptionalDouble.empty() : OptionalDouble.of(bandwidth * GIGA));
    }
}
