package dev.gatehouse.worker.llama;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The native libraries, loaded once per process.
 *
 * @param version release of llama.cpp
 * @param system features of the processor that it uses
 * @param devices what it can compute on
 * @param gpuBytes memory that is free on GPUs, all together
 */
public record LlamaLibrary(String version, String system, List<Device> devices, long gpuBytes) {

    /**
     * Something to compute on.
     *
     * @param backend llama.cpp's name of its kind: {@code CPU}, {@code CUDA}, {@code Vulkan}, …
     */
    public record Device(String name, String backend, String description) {

        @Override
        public String toString() {
            return name + " (" + description + ")";
        }
    }

    static final JsonMapper JSON = JsonMapper.shared();

    private static final Logger LOG = LoggerFactory.getLogger(LlamaLibrary.class);
    private static volatile Loaded loaded = new Loaded(Path.of(""), List.of());

    private record Loaded(Path directory, List<LlamaLibrary> library) {}

    /**
     * Loads the libraries; a later call answers the first one's result.
     *
     * @param backend GPUs of others are left alone
     * @param directory holds the shim and llama.cpp, as the build leaves them in {@code target/native/lib}
     * @throws LlamaException the directory has no libraries, or they are of another release, or were loaded from elsewhere; or there is no
     *     device of the backend
     */
    public static synchronized LlamaLibrary load(Path directory, Backend backend) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (loaded.library().isEmpty()) {
            loaded = new Loaded(absolute, List.of(loadFrom(absolute, backend)));
        } else if (!loaded.directory().equals(absolute)) {
            throw new LlamaException(
                    LlamaException.Code.STATE,
                    "the native libraries were loaded from " + loaded.directory() + " and not from " + absolute);
        }
        LlamaLibrary library = loaded.library().getFirst();
        backend.requireAmong(library.devices());
        return library;
    }

    private static LlamaLibrary loadFrom(Path directory, Backend backend) {
        Path shim = directory.resolve(System.mapLibraryName("gatehousellama"));
        if (!Files.isRegularFile(shim)) {
            throw new LlamaException(
                    LlamaException.Code.STATE,
                    "there is no " + shim + ": build the natives, or set the directory that holds them");
        }
        System.load(shim.toString());
        byte[] facts = Natives.init(utf8(directory.toString()), utf8(backend.gpus()));
        LogDrain.start();
        LlamaLibrary library = JSON.readValue(facts, LlamaLibrary.class);
        LOG.info("llama.cpp {} on {}: {}", library.version(), library.devices(), library.system());
        return library;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
