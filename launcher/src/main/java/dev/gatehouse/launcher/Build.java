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
 * What was built: versions, and where its parts lie.
 *
 * @param home the checkout, or the folder of an unpacked release archive
 * @param archived whether it is an archive, which cannot be built again
 * @param gateway its jar, the libraries beside it
 * @param worker its jar, the libraries and natives beside it
 * @param bench its jar; an archive has none
 * @param models the bundled ones
 */
record Build(Path home, boolean archived, Path gateway, Path worker, Path bench, Path models) {
    private static final Properties PROPERTIES = load();

    /** What the {@code gatehouse} script that runs belongs to. */
    static Build current() {
        Path home = Path.of(System.getProperty("gatehouse.home", "."));
        return Boolean.getBoolean("gatehouse.archive") ? archive(home) : checkout(home);
    }

    /** What Maven leaves in a checkout. */
    static Build checkout(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        return new Build(
                home,
                false,
                home.resolve("gateway/app/target/gateway.jar"),
                home.resolve("inference-worker/target/inference-worker.jar"),
                home.resolve("bench/target/bench.jar"),
                home.resolve("inference-worker/models"));
    }

    /** The layout of a release archive. */
    static Build archive(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        return new Build(
                home,
                true,
                home.resolve("gateway/gateway.jar"),
                home.resolve("worker/inference-worker.jar"),
                home.resolve("bench/bench.jar"),
                home.resolve("models"));
    }

    static String version() {
        return PROPERTIES.getProperty("version");
    }

    /** Version of the bundled PostgreSQL. */
    static String postgresVersion() {
        return PROPERTIES.getProperty("postgres");
    }

    /**
     * Makes sure that what {@code up} starts is there.
     *
     * @throws Failure naming what is not
     */
    void requireApplications() {
        for (Path jar : List.of(gateway, worker)) {
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
