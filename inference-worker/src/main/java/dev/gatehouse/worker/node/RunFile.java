package dev.gatehouse.worker.node;

import dev.gatehouse.worker.openai.JsonBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells who started this process where it listens. */
final class RunFile {

    private RunFile() {}

    /** Writes it by rename, so that who finds it finds it whole. */
    static void write(Path path, Identity self) {
        try {
            Path absolute = path.toAbsolutePath();
            Files.createDirectories(absolute.resolveSibling(""));
            Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
            Files.write(fresh, json(self));
            Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The run file " + path + " can not be written", e);
        }
    }

    private static byte[] json(Identity self) {
        return new JsonBytes()
                .raw("{\"pid\":")
                .number(ProcessHandle.current().pid())
                .raw(",\"startId\":")
                .string(self.startId().toString())
                .raw(",\"url\":")
                .string(self.url().toString())
                .raw(",\"metricsUrl\":")
                .string(self.url() + "/metrics")
                .raw("}\n")
                .toBytes();
    }
}
