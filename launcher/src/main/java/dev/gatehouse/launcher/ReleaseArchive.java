package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.FileTree;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A checkout's applications with a runtime, as one file that can be unpacked anywhere on the same platform. */
record ReleaseArchive(Build build, Path output, Narrator narrator) {
    /** What {@code jlink} puts into the runtime: all of Java SE, and what libraries look for by name. */
    private static final String MODULES =
            "java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs";

    private static final List<String> DOCUMENTS = List.of("README.md", "LICENSE", "SECURITY.md", "docs");

    /** Returns the archive's path. */
    Path make() throws IOException, InterruptedException {
        String name = "gatehouse-%s-%s".formatted(Build.version(), platform());
        Path work = output.resolve("package");
        FileTree.delete(work);
        Path stage = Files.createDirectories(work.resolve(name));
        narrator.say("linking a runtime");
        link(stage.resolve("runtime"));
        narrator.say("copying applications, natives, model and documents");
        copyAll(stage);
        narrator.say("teaching them their start");
        run(
                "the training",
                stage.resolve("gatehouse").toString(),
                "train",
                "--data",
                work.resolve("data").toString());
        Path archive = output.resolve(name + ".tar.gz");
        narrator.say("packing");
        run("tar", "tar", "-C", work.toString(), "-czf", archive.toString(), name);
        FileTree.delete(work);
        narrator.say("%s: %d MiB; unpack it anywhere and run ./gatehouse up", archive, Files.size(archive) >> 20);
        return archive;
    }

    private static void link(Path runtime) throws IOException, InterruptedException {
        run(
                "jlink",
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules=" + MODULES,
                "--include-locales=en",
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--generate-cds-archive",
                "--output=" + runtime);
    }

    private void copyAll(Path stage) throws IOException {
        Build staged = Build.archive(stage);
        Path launcher = build.home().resolve("launcher/target");
        copy(launcher, stage.resolve("launcher"), "launcher.jar", "lib");
        copy(build.gateway().resolveSibling("."), staged.gateway().resolveSibling("."), "gateway.jar", "lib");
        copy(
                build.worker().resolveSibling("."),
                staged.worker().resolveSibling("."),
                "inference-worker.jar",
                "lib",
                "native/lib");
        FileTree.copy(build.models(), staged.models());
        copy(build.home(), stage, DOCUMENTS.toArray(String[]::new));
        FileTree.copy(build.home().resolve("deploy/archive/gatehouse"), stage.resolve("gatehouse"));
    }

    private static void copy(Path from, Path to, String... names) throws IOException {
        for (String name : names) {
            FileTree.copy(from.resolve(name).normalize(), to.resolve(name).normalize());
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "mac" : "linux";
        return system + (System.getProperty("os.arch").equals("aarch64") ? "-arm64" : "-x64");
    }

    private static void run(String what, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getInputStream().transferTo(System.err);
        int status = process.waitFor();
        if (status != 0) {
            throw new Failure(Exit.FAULT, "%s failed with status %d: see above".formatted(what, status));
        }
    }
}
