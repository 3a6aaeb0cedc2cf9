package dev.gatehouse.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A folder that looks like a built checkout; its applications are {@link StandIn}s. */
record Checkout(Path home) {
    static Checkout create(Path home) throws IOException {
        Build build = Build.checkout(home);
        for (Path jar : new Path[] {build.gateway(), build.worker()}) {
            writeJar(jar, StandIn.class);
        }
        Files.createDirectories(build.models());
        Files.writeString(build.models().resolve("tiny-moe-q8_0.gguf"), "GGUF of nothing");
        return new Checkout(home);
    }

    /** Writes a jar that runs {@code main}, a class of the tests. */
    static void writeJar(Path jar, Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                main.getProtectionDomain().getCodeSource().getLocation().toString());
        Files.createDirectories(jar.resolve("..").normalize());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(file, manifest)) {
            archive.finish();
        }
    }
}
