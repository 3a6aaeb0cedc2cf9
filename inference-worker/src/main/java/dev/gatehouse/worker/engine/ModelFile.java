package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.gguf.GgmlType;
import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.gguf.GgufException;
import dev.gatehouse.worker.gguf.GgufReader;
import dev.gatehouse.worker.gguf.ModelParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks at a model file before llama.cpp does, which ends the process on some malformed ones. */
final class ModelFile {

    private ModelFile() {}

    /** The head of the file, and of the others if it is the first of several, if llama.cpp can be trusted with it. */
    static Gguf check(Path file) throws EngineStartException {
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            throw new EngineStartException("There is no readable model file " + file + ".");
        }
        Gguf head = checkPart(file);
        List<Gguf> others = new ArrayList<>();
        for (Path part : others(file, head)) {
            others.add(checkPart(part));
        }
        return checkWhole(file, head.withTensorsOf(others));
    }

    private static List<Path> others(Path file, Gguf head) throws EngineStartException {
        try {
            return ModelParts.others(file, head);
        } catch (GgufException e) {
            throw unusable(file, e);
        }
    }

    private static Gguf checkPart(Path file) throws EngineStartException {
        try {
            Gguf head = GgufReader.read(file);
            for (Gguf.Tensor tensor : head.tensors()) {
                checkTensor(tensor, head);
            }
            return head;
        } catch (GgufException e) {
            throw unusable(file, e);
        } catch (IOException e) {
            throw new EngineStartException("The model file " + file + " can not be read: " + e.getMessage(), e);
        }
    }

    private static Gguf checkWhole(Path file, Gguf head) throws EngineStartException {
        try {
            if (head.text("general.architecture").isEmpty()) {
                throw new GgufException("metadata general.architecture is missing");
            }
            if (head.tensors().isEmpty()) {
                throw new GgufException("it has no tensors");
            }
            TokenizerCheck.check(head);
            if (head.text("general.architecture").orElse("").equals("deepseek2")) {
                DeepseekCheck.check(head);
            }
            return head;
        } catch (GgufException e) {
            throw unusable(file, e);
        }
    }

    private static EngineStartException unusable(Path file, GgufException cause) {
        return new EngineStartException(
                "The model file " + file + " can not be used: " + cause.getMessage() + ".", cause);
    }

    /** Lower-case hex SHA-256 of the file, read in the background. */
    static CompletableFuture<String> digest(Path file) {
        return CompletableFuture.supplyAsync(
                () -> hash(file),
                task -> Thread.ofVirtual().name("model-digest").start(task));
    }

    private static String hash(Path file) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                byte[] buffer = new byte[1 << 20];
                while (in.read(buffer) >= 0) {
                    // reading feeds the digest
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new CompletionException(e);
        }
    }

    private static void checkTensor(Gguf.Tensor tensor, Gguf head) throws GgufException {
        String name = "tensor " + tensor.name();
        if (tensor.type() == GgmlType.F64) {
            throw new GgufException(name + " has 64-bit floats (F64); write it as F32");
        }
        GgmlType type = GgmlType.of(tensor.type())
                .orElseThrow(
                        () -> new GgufException(name + " has type " + tensor.type() + ", which no weight can have"));
        if (tensor.shape().getFirst() % type.blockValues() != 0) {
            throw new GgufException(name + " has rows of " + tensor.shape().getFirst() + " values, and " + type
                    + " needs a multiple of " + type.blockValues());
        }
        long room = head.size() - head.data();
        long bytes = bytes(tensor, type, name);
        if (tensor.offset() < 0 || tensor.offset() > room || bytes > room - tensor.offset()) {
            throw new GgufException(name + " lies outside the file: the file is cut off");
        }
    }

    private static long bytes(Gguf.Tensor tensor, GgmlType type, String name) throws GgufException {
        try {
            long values = 1;
            for (long extent : tensor.shape()) {
                values = Math.multiplyExact(values, extent);
            }
            return type.bytes(values);
        } catch (ArithmeticException e) {
            throw new GgufException(name + " is larger than any file: its shape is " + tensor.shape());
        }
    }
}
