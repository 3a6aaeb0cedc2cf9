package dev.gatehouse.bench.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A GGUF file, version 3, under construction: metadata and tensors in the order in which they are added. */
final class GgufFile {

    private static final int MAGIC = 0x46554747;
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Little metadata = new Little();
    private long entries;
    private final List<Tensor> tensors = new ArrayList<>();

    private record Tensor(String name, long[] shape, Weights weights) {

        long values() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }

        long bytes() {
            return weights.bytes(values());
        }
    }

    GgufFile text(String key, String value) {
        entry(key, STRING).text(value);
        return this;
    }

    GgufFile whole(String key, int value) {
        entry(key, UINT32).int32(value);
        return this;
    }

    GgufFile real(String key, float value) {
        entry(key, FLOAT32).int32(Float.floatToIntBits(value));
        return this;
    }

    GgufFile flag(String key, boolean value) {
        entry(key, BOOL).int8(value ? 1 : 0);
        return this;
    }

    GgufFile texts(String key, List<String> values) {
        Little array = entry(key, ARRAY).int32(STRING).int64(values.size());
        values.forEach(array::text);
        return this;
    }

    GgufFile wholes(String key, List<Integer> values) {
        Little array = entry(key, ARRAY).int32(INT32).int64(values.size());
        values.forEach(array::int32);
        return this;
    }

    /** @param shape the extent that is contiguous first */
    GgufFile tensor(String name, float[] values, long... shape) {
        return tensor(name, new Weights.Reals(values), shape);
    }

    /** @param shape the extent that is contiguous first */
    GgufFile tensor(String name, Weights weights, long... shape) {
        tensors.add(new Tensor(name, shape, weights));
        return this;
    }

    /** Values of all tensors. */
    long parameters() {
        return tensors.stream().mapToLong(Tensor::values).sum();
    }

    /** Size of the file but for its head. */
    long size() {
        return tensors.stream().mapToLong(tensor -> aligned(tensor.bytes())).sum();
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    void write(OutputStream out) throws IOException {
        Little head = new Little()
                .int32(MAGIC)
                .int32(VERSION)
                .int64(tensors.size())
                .int64(entries)
                .bytes(metadata.toBytes());
        long offset = 0;
        for (Tensor tensor : tensors) {
            describe(head, tensor, offset);
            offset += aligned(tensor.bytes());
        }
        head.pad();
        out.write(head.toBytes());
        for (Tensor tensor : tensors) {
            tensor.weights().write(out, tensor.values());
            out.write(new byte[(int) (aligned(tensor.bytes()) - tensor.bytes())]);
        }
    }

    private static void describe(Little file, Tensor tensor, long offset) {
        file.text(tensor.name()).int32(tensor.shape().length);
        for (long extent : tensor.shape()) {
            file.int64(extent);
        }
        file.int32(tensor.weights().type()).int64(offset);
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private Little entry(String key, int type) {
        entries++;
        return metadata.text(key).int32(type);
    }

    /** Little-endian bytes. */
    private static final class Little {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Little int8(int value) {
            out.write(value);
            return this;
        }

        Little int32(int value) {
            return bytes(room(Integer.BYTES).putInt(value).array());
        }

        Little int64(long value) {
            return bytes(room(Long.BYTES).putLong(value).array());
        }

        Little text(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            return int64(utf8.length).bytes(utf8);
        }

        Little bytes(byte[] raw) {
            out.writeBytes(raw);
            return this;
        }

        void pad() {
            out.writeBytes(new byte[(int) (aligned(out.size()) - out.size())]);
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private static ByteBuffer room(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
