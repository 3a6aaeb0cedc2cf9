package dev.gatehouse.worker.gguf;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the head of a GGUF file and believes none of its numbers: each is bounded before it is used. */
public final class GgufReader implements AutoCloseable {

    private static final int MOST_ENTRIES = 1 << 20;
    private static final int LONGEST_TEXT = 1 << 24;
    private static final int MOST_DIMENSIONS = 4;

    private final InputStream in;
    private final long size;
    private long position;

    private GgufReader(Path file) throws IOException {
        this.size = Files.size(file);
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** @throws GgufException it is malformed */
    public static Gguf read(Path file) throws IOException, GgufException {
        try (GgufReader reader = new GgufReader(file)) {
            return reader.head();
        } catch (EOFException e) {
            throw new GgufException("it ends inside its head: the file is cut off");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Gguf head() throws IOException, GgufException {
        if (size < 24 || i32() != 0x46554747) {
            throw new GgufException("it does not begin with GGUF: this is no GGUF file");
        }
        version(i32());
        int tensors = count("tensors", i64());
        int entries = count("metadata entries", i64());
        Map<String, Gguf.Value> metadata = metadata(entries);
        List<Gguf.Tensor> infos = tensors(tensors);
        long alignment = alignment(metadata);
        long data = (position + alignment - 1) / alignment * alignment;
        return new Gguf(Map.copyOf(metadata), List.copyOf(infos), data, size);
    }

    private static void version(int version) throws GgufException {
        if (version == Integer.reverseBytes(2) || version == Integer.reverseBytes(3)) {
            throw new GgufException("it is big-endian; convert it to a little-endian file");
        }
        if (version != 2 && version != 3) {
            throw new GgufException("its version is " + version + ", and 2 and 3 are understood");
        }
    }

    private Map<String, Gguf.Value> metadata(int entries) throws IOException, GgufException {
        Map<String, Gguf.Value> metadata = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            String key = text("a metadata key");
            if (metadata.put(key, value(key, i32())) != null) {
                throw new GgufException("metadata " + key + " is there twice");
            }
        }
        return metadata;
    }

    private Gguf.Value value(String key, int type) throws IOException, GgufException {
        return switch (type) {
            case 0 -> new Gguf.Whole(u8());
            case 1 -> new Gguf.Whole((byte) u8());
            case 2 -> new Gguf.Whole(Short.toUnsignedLong(bytes(2).getShort()));
            case 3 -> new Gguf.Whole(bytes(2).getShort());
            case 4 -> new Gguf.Whole(Integer.toUnsignedLong(i32()));
            case 5 -> new Gguf.Whole(i32());
            case 6 -> new Gguf.Real(bytes(4).getFloat());
            case 7 -> new Gguf.Flag(u8() != 0);
            case 8 -> new Gguf.Text(text(key));
            case 9 -> array(key);
            case 10, 11 -> new Gguf.Whole(i64());
            case 12 -> new Gguf.Real(bytes(8).getDouble());
            default -> throw new GgufException("metadata " + key + " has the unknown type " + type);
        };
    }

    private Gguf.Many array(String key) throws IOException, GgufException {
        int type = i32();
        long length = i64();
        if (length < 0 || length > size - position) {
            throw new GgufException("metadata " + key + " says it has " + Long.toUnsignedString(length)
                    + " elements, more than the file holds");
        }
        switch (type) {
            case 0, 1, 7 -> skip(length);
            case 2, 3 -> skip(2 * length);
            case 4, 5, 6 -> skip(4 * length);
            case 10, 11, 12 -> skip(8 * length);
            case 8 -> {
                for (long i = 0; i < length; i++) {
                    skip(textLength(key));
                }
            }
            default -> throw new GgufException("metadata " + key + " is an array of the unknown type " + type);
        }
        return new Gguf.Many(type, length);
    }

    private List<Gguf.Tensor> tensors(int count) throws IOException, GgufException {
        List<Gguf.Tensor> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String name = text("a tensor's name");
            if (!names.add(name)) {
                throw new GgufException("tensor " + name + " is there twice");
            }
            tensors.add(new Gguf.Tensor(name, shape(name), i32(), i64()));
        }
        return tensors;
    }

    private List<Long> shape(String name) throws IOException, GgufException {
        int dimensions = i32();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new GgufException("tensor " + name + " has " + Integer.toUnsignedString(dimensions)
                    + " dimensions, and 1 to 4 are possible");
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            long extent = i64();
            if (extent < 1) {
                throw new GgufException("tensor " + name + " has a dimension of " + extent);
            }
            shape.add(extent);
        }
        return List.copyOf(shape);
    }

    private static long alignment(Map<String, Gguf.Value> metadata) throws GgufException {
        if (!metadata.containsKey("general.alignment")) {
            return 32;
        }
        if (metadata.get("general.alignment") instanceof Gguf.Whole(long value)
                && value >= 8
                && value <= 1 << 20
                && Long.bitCount(value) == 1) {
            return value;
        }
        throw new GgufException("general.alignment must be a power of two from 8 to 1048576");
    }

    private static int count(String what, long count) throws GgufException {
        if (count < 0 || count > MOST_ENTRIES) {
            throw new GgufException("it says it has " + Long.toUnsignedString(count) + " " + what + ", and "
                    + MOST_ENTRIES + " are the most");
        }
        return (int) count;
    }

    private long textLength(String what) throws IOException, GgufException {
        long length = i64();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new GgufException(what + " is " + Long.toUnsignedString(length) + " bytes long, and " + LONGEST_TEXT
                    + " are the most");
        }
        return length;
    }

    private String text(String what) throws IOException, GgufException {
        int length = (int) textLength(what);
        return new String(bytes(length).array(), StandardCharsets.UTF_8);
    }

    private int u8() throws IOException {
        return Byte.toUnsignedInt(bytes(1).get());
    }

    private int i32() throws IOException {
        return bytes(4).getInt();
    }

    private long i64() throws IOException {
        return bytes(8).getLong();
    }

    private ByteBuffer bytes(int count) throws IOException {
        if (count > size - position) {
            throw new EOFException();
        }
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        position += count;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(long count) throws IOException {
        if (count > size - position) {
            throw new EOFException();
        }
        in.skipNBytes(count);
        position += count;
    }
}
