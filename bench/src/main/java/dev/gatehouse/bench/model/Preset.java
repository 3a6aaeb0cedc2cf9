package dev.gatehouse.bench.model;

import java.util.Locale;

/** Shapes of models that are worth measuring, at sizes that one machine can hold. */
public enum Preset {
    /** DeepSeek-V2-Lite at its own size: 16 B parameters. llama.cpp tells its kind by its 27 layers. */
    DEEPSEEK_V2_LITE(new Shape(
            "DeepSeek-V2-Lite",
            102_400,
            32_768,
            27,
            1,
            2_048,
            10_944,
            new Attention.Latent(16, 0, 512, 64, 128, 128),
            new Experts(64, 6, 1, 1, 2, 1_408, false))),

    /** DeepSeek-V3 scaled down to 3 B parameters: all that makes its kind, an eighth of its layers, a quarter of its experts. */
    DEEPSEEK_V3(new Shape(
            "DeepSeek-V3",
            16_384,
            32_768,
            8,
            1,
            2_048,
            5_376,
            new Attention.Latent(16, 512, 512, 64, 128, 128),
            new Experts(64, 6, 8, 4, 1, 1_024, true))),

    /** Qwen3-30B-A3B at its own size. */
    QWEN3_MOE(new Shape(
            "Qwen3-MoE",
            151_936,
            40_960,
            48,
            0,
            2_048,
            6_144,
            new Attention.Grouped(32, 4, 128),
            new Experts(128, 8, 1, 1, 0, 768, false))),

    /** V3's shape with 70 M parameters: seconds on a laptop, and still with the cost profile of its kind. */
    SMALL(new Shape(
            "a small DeepSeek-V3",
            8_192,
            32_768,
            6,
            1,
            512,
            1_536,
            new Attention.Latent(8, 128, 128, 32, 32, 32),
            new Experts(56, 2, 8, 2, 1, 128, true))),

    /** V3's shape with next to no mathematics: what is left is the cost of everything around it. */
    MINIMAL(new Shape(
            "a minimal DeepSeek-V3",
            1_024,
            32_768,
            2,
            1,
            32,
            32,
            new Attention.Latent(1, 32, 32, 32, 32, 32),
            new Experts(2, 1, 1, 1, 1, 32, true)));

    private final Shape shape;

    Preset(Shape shape) {
        this.shape = shape;
    }

    Shape shape() {
        return shape;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
