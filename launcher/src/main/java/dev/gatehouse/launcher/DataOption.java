package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the installation. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the installation keeps everything (default: data in the checkout).")
    private @Nullable Path directory;

    DataDirectory directory() {
        return new DataDirectory(directory == null ? Build.current().home().resolve("data") : directory);
    }

    /** This option as it must be repeated for another verb; empty for the default. */
    String option() {
        return directory == null ? "" : " --data " + directory;
    }
}
