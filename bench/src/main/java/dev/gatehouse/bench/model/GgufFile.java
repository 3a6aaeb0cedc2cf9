package dev.gatehouse.bench.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A GGUF file, version 3, under construction: metadata and 32-bit tensors in the order in which they are added. */
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
    private static final int TENSOR_F32 = 0;

    private final Little metadata = new Little();
    private long entries;
    private final List<Tensor> tensors = new ArrayList<>();

    private record Tensor(String name, long[] shape, float[] values) {}

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
        tensors.add(new Tensor(name, shape, values));
        return this;
    }

    byte[] bytes() {
        Little file = new Little()
                .int32(MAGIC)
                .int32(VERSION)
                .int64(tensors.size())
                .int64(entries)
                .bytes(metadata.toBytes());
        long offset = 0;
        for (Tensor tensor : tensors) {
            describe(file, tensor, offset);
            offset += aligned((long) tensor.values().length * Float.BYTES);
        }
        file.pad();
        for (Tensor tensor : tensors) {
            file.reals(tensor.values()).pad();
        }
        return file.toBytes();
    }

    private static void describe(Little file, Tensor tensor, long offset) {
        file.text(tensor.name()).int32(tensor.shape().length);
        for (long extent : tensor.shape()) {
            file.int64(extent);
        }
        file.int32(TENSOR_F32).int64(offset);
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

        Little reals(float[] values) {
            ByteBuffer raw = room(values.length * Float.BYTES);
            raw.asFloatBuffer().put(values);
            return bytes(raw.array());
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
