package dev.gatehouse.bench.host;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * llama-server, built from the source of the release whose prebuilt libraries the worker runs with; kept in the user's cache
 * directory, in a folder named after what it was made of.
 */
public final class LlamaServerBuild {

    private static final int NAME_LENGTH = 12;

    private final Path recipe;
    private final Path pin;
    private final Path libraries;

    /** @param home the source tree, whose worker is built */
    public LlamaServerBuild(Path home) {
        this.recipe = home.resolve("bench/src/main/native/llama-server");
        this.pin = home.resolve("inference-worker/src/main/native/headers.json");
        this.libraries = home.resolve("inference-worker/target/native/lib");
    }

    /** The program, if it is there. */
    public Optional<LlamaServer.Program> find() throws IOException {
        Path binary = folder().resolve("llama-server");
        return Files.isExecutable(binary) ? Optional.of(new LlamaServer.Program(binary, libraries)) : Optional.empty();
    }

    /**
     * Builds it, which takes some minutes, if it is not there.
     *
     * @throws NotReadyException if it can not be built; what was printed says why
     */
    public LlamaServer.Program prepare(PrintStream narration) throws IOException, InterruptedException {
        Optional<LlamaServer.Program> there = find();
        if (there.isPresent()) {
            return there.get();
        }
        Path folder = Files.createDirectories(folder());
        narration.println("building llama-server in " + folder + ": some minutes, once");
        Process build = new ProcessBuilder(List.of(
                        "node", recipe.resolve("build.mjs").toString(), libraries.toString(), folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.log").toFile())
                .start();
        if (build.waitFor() != 0) {
            throw new NotReadyException(
                    "llama-server can not be built here: " + folder.resolve("build.log") + " says why");
        }
        return find().orElseThrow(() -> new NotReadyException("its build left no llama-server in " + folder));
    }

    private Path folder() throws IOException {
        return cache().resolve("gatehouse").resolve("llama-server-" + fingerprint());
    }

    private static Path cache() {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
    }

    private String fingerprint() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path part : List.of(pin, recipe.resolve("build.mjs"), recipe.resolve("CMakeLists.txt"))) {
                digest.update(Files.readAllBytes(part));
            }
            digest.update(
                    (System.getProperty("os.name") + System.getProperty("os.arch")).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
