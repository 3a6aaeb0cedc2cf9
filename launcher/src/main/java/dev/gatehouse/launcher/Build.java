package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * What was built: versions, and where the checkout and its applications lie.
 *
 * @param home the checkout
 */
record Build(Path home) {
    private static final Properties PROPERTIES = load();

    Build {
        home = home.toAbsolutePath().normalize();
    }

    /** The build that the {@code gatehouse} script named. */
    static Build current() {
        return new Build(Path.of(System.getProperty("gatehouse.home", ".")));
    }

    static String version() {
        return PROPERTIES.getProperty("version");
    }

    /** Version of the bundled PostgreSQL. */
    static String postgresVersion() {
        return PROPERTIES.getProperty("postgres");
    }

    Path gateway() {
        return home.resolve("gateway/app/target/gateway.jar");
    }

    Path worker() {
        return home.resolve("inference-worker/target/inference-worker.jar");
    }

    Path bench() {
        return home.resolve("bench/target/bench.jar");
    }

    Path models() {
        return home.resolve("inference-worker/models");
    }

    /**
     * Makes sure that what {@code up} starts is there.
     *
     * @throws Failure naming what is not
     */
    void requireApplications() {
        for (Path jar : List.of(gateway(), worker())) {
            if (!Files.exists(jar)) {
                throw new Failure(
                        Exit.NOT_READY,
                        "%s is not built: remove %s and run ./gatehouse up again"
                                .formatted(jar, home.resolve("target/build-stamp")));
            }
        }
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream file = Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
            properties.load(file);
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
