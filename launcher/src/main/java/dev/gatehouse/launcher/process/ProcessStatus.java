package dev.gatehouse.launcher.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.launcher.data.DataDirectory;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a process of an installation is.
 *
 * @param pid its process id while it lives
 * @param url where it is reached while it listens
 */
public record ProcessStatus(
        String name,
        @Nullable Long pid,
        State state,
        @Nullable String url) {
    /** Running: it listens. Dead: it was started and not stopped in order, and lives no more. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("dead")
        DEAD,
        @JsonProperty("stopped")
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the files of {@code data} and the operating system say of {@code name}. */
    public static ProcessStatus of(DataDirectory data, String name) {
        return ProcessRecord.read(data, name)
                .map(record -> record.living(data)
                        .map(process -> alive(data, name, process.pid()))
                        .orElseGet(() -> new ProcessStatus(name, null, State.DEAD, null)))
                .orElseGet(() -> new ProcessStatus(name, null, State.STOPPED, null));
    }

    private static ProcessStatus alive(DataDirectory data, String name, long pid) {
        Optional<RunFile> listening = RunFile.read(data, name).filter(said -> said.pid() == pid);
        return listening
                .map(said -> new ProcessStatus(name, pid, State.RUNNING, said.url()))
                .orElseGet(() -> new ProcessStatus(name, pid, State.STARTING, null));
    }
}
