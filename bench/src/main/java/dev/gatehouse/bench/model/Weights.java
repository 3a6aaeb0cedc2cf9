package dev.gatehouse.bench.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** The values of a tensor, as a GGUF file stores them. */
interface Weights {

    /** ggml's number of the type. */
    int type();

    /** Bytes of so many values. */
    long bytes(long values);

    /** Writes so many values; the same ones whenever it is called. */
    void write(OutputStream out, long values) throws IOException;

    /** 32-bit floats that are known. */
    record Reals(float[] values) implements Weights {

        @Override
        public int type() {
            return 0;
        }

        @Override
        public long bytes(long count) {
            return count * Float.BYTES;
        }

        @Override
        public void write(OutputStream out, long count) throws IOException {
            ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            raw.asFloatBuffer().put(values);
            out.write(raw.array());
        }
    }

    /**
     * Random values around 0, made while they are written.
     *
     * @param zeros how many values at the beginning are 0, a multiple of a block's
     */
    record Drawn(Quantisation quantisation, double deviation, long seed, long zeros) implements Weights {

        @Override
        public int type() {
            return quantisation.type();
        }

        @Override
        public long bytes(long values) {
            return values / quantisation.blockValues() * quantisation.blockBytes();
        }

        @Override
        public void write(OutputStream out, long values) throws IOException {
            Random random = new Random(seed);
            byte[] block = new byte[quantisation.blockBytes()];
            for (long i = 0; i < values; i += quantisation.blockValues()) {
                if (i >= zeros) {
                    quantisation.draw(block, deviation, random);
                }
                out.write(block);
            }
        }
    }
}
