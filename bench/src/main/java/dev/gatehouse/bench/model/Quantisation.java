package dev.gatehouse.bench.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Random;

/**
 * How random weights are stored (block layouts: ggml's {@code ggml-common.h}). A quantised block is random bytes with scales
 * that give its values the wanted spread, so that no file of floats is needed first.
 */
public enum Quantisation {
    F32(0, 1, 4) {
        @Override
        void draw(byte[] block, double deviation, Random random) {
            little(block).putFloat((float) (random.nextGaussian() * deviation));
        }
    },

    /** A scale and 32 signed bytes. */
    Q8_0(8, 32, 34) {
        @Override
        void draw(byte[] block, double deviation, Random random) {
            random.nextBytes(block);
            little(block).putShort(half(deviation / BYTE_DEVIATION));
        }
    },

    /** Two scales, 12 bytes of eight 6-bit scales and minima, and 256 numbers of 4 bits. */
    Q4_K(12, 256, 144) {
        @Override
        void draw(byte[] block, double deviation, Random random) {
            random.nextBytes(block);
            double scale = deviation / NIBBLE_DEVIATION;
            little(block).putShort(half(scale)).putShort(half(scale * NIBBLE_MEAN));
        }
    };

    /** Standard deviation of a uniform signed byte. */
    private static final double BYTE_DEVIATION = Math.sqrt((256.0 * 256 - 1) / 12);

    private static final double NIBBLE_MEAN = 7.5;

    /** Standard deviation of s·q − 7.5·m, where s and m are uniform in 0…63 and q in 0…15. */
    private static final double NIBBLE_DEVIATION = 258.3;

    private final int type;
    private final int blockValues;
    private final int blockBytes;

    Quantisation(int type, int blockValues, int blockBytes) {
        this.type = type;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
    }

    /** Fills a block whose values have this standard deviation. */
    abstract void draw(byte[] block, double deviation, Random random);

    /** ggml's number. */
    int type() {
        return type;
    }

    /** Values of a block. */
    int blockValues() {
        return blockValues;
    }

    /** Bytes of a block. */
    int blockBytes() {
        return blockBytes;
    }

    /** This one, or the next finer one that rows of this length can have. */
    Quantisation forRows(long length) {
        if (length % blockValues == 0) {
            return this;
        }
        return this == Q4_K ? Q8_0.forRows(length) : F32;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ByteBuffer little(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static short half(double value) {
        return Float.floatToFloat16((float) value);
    }
}
