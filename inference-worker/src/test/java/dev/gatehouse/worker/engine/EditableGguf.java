package dev.gatehouse.worker.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The bundled model taken apart, so that a test can put it together wrongly. */
final class EditableGguf {

    /** Metadata by key: the type and the raw value after it. */
    final Map<String, byte[]> metadata = new LinkedHashMap<>();

    final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final byte[] data;

    static final class Tensor {
        long[] shape;
        int type;
        long offset;

        Tensor(long[] shape, int type, long offset) {
            this.shape = shape;
            this.type = type;
            this.offset = offset;
        }
    }

    EditableGguf(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        in.position(8);
        long tensorCount = in.getLong();
        long entries = in.getLong();
        for (long i = 0; i < entries; i++) {
            String key = text(in);
            int start = in.position();
            skipValue(in, in.getInt());
            metadata.put(key, slice(in, start));
        }
        for (long i = 0; i < tensorCount; i++) {
            String name = text(in);
            long[] shape = new long[in.getInt()];
            Arrays.setAll(shape, d -> in.getLong());
            tensors.put(name, new Tensor(shape, in.getInt(), in.getLong()));
        }
        in.position((in.position() + 31) / 32 * 32);
        data = new byte[in.remaining()];
        in.get(data);
    }

    Tensor tensor(String name) {
        return Optional.ofNullable(tensors.get(name)).orElseThrow();
    }

    EditableGguf text(String key, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        metadata.put(
                key,
                little(4 + 8 + utf8.length)
                        .putInt(8)
                        .putLong(utf8.length)
                        .put(utf8)
                        .array());
        return this;
    }

    EditableGguf number(String key, int value) {
        metadata.put(key, little(8).putInt(4).putInt(value).array());
        return this;
    }

    /** An array of 32-bit integers. */
    EditableGguf numbers(String key, int... values) {
        ByteBuffer raw =
                little(4 + 4 + 8 + 4 * values.length).putInt(9).putInt(5).putLong(values.length);
        for (int value : values) {
            raw.putInt(value);
        }
        metadata.put(key, raw.array());
        return this;
    }

    EditableGguf real(String key, float value) {
        metadata.put(key, little(8).putInt(6).putFloat(value).array());
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(little(24)
                .putInt(0x46554747)
                .putInt(3)
                .putLong(tensors.size())
                .putLong(metadata.size())
                .array());
        for (Map.Entry<String, byte[]> entry : metadata.entrySet()) {
            writeText(out, entry.getKey());
            out.write(entry.getValue());
        }
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            writeText(out, entry.getKey());
            out.write(little(4).putInt(tensor.shape.length).array());
            for (long extent : tensor.shape) {
                out.write(little(8).putLong(extent).array());
            }
            out.write(little(12).putInt(tensor.type).putLong(tensor.offset).array());
        }
        out.write(new byte[(32 - out.size() % 32) % 32]);
        out.write(data);
        return out.toByteArray();
    }

    private static void writeText(ByteArrayOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(little(8).putLong(utf8.length).array());
        out.write(utf8);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[(int) in.getLong()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void skipValue(ByteBuffer in, int type) {
        switch (type) {
            case 0, 1, 7 -> in.get();
            case 2, 3 -> in.getShort();
            case 4, 5, 6 -> in.getInt();
            case 8 -> text(in);
            case 9 -> {
                int elements = in.getInt();
                long length = in.getLong();
                for (long i = 0; i < length; i++) {
                    skipValue(in, elements);
                }
            }
            default -> in.getLong();
        }
    }

    private static byte[] slice(ByteBuffer in, int start) {
        return Arrays.copyOfRange(in.array(), start, in.position());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
