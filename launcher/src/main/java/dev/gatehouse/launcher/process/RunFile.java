package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.data.AtomicFile;
import dev.gatehouse.launcher.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process says of itself once it listens, {@code DATA/run/<name>.json}.
 *
 * @param pid its process id
 * @param startId differs with every start
 * @param url where it is reached
 * @param metricsUrl where its metrics are read; absent for PostgreSQL
 */
public record RunFile(
        long pid, String startId, String url, @Nullable String metricsUrl) {
    public static Path path(DataDirectory data, String name) {
        return data.run().resolve(name + ".json");
    }

    /** What {@code name} last said; nothing when it has not said anything readable. */
    public static Optional<RunFile> read(DataDirectory data, String name) {
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readString(path(data, name)), RunFile.class));
        } catch (IOException | JacksonException absent) {
            return Optional.empty();
        }
    }

    public void write(DataDirectory data, String name) throws IOException {
        AtomicFile.write(path(data, name), JsonMapper.shared().writeValueAsString(this));
    }
}
