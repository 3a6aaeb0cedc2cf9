package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "package",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a release archive for this platform: a Java runtime, the applications, their natives, the console and the bundled model.",
            "Where it is unpacked, ./gatehouse up needs nothing else."
        })
final class PackageCommand implements Callable<Integer> {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where the archive goes (default: target in the checkout).")
    private Path output = Build.current().home().resolve("target");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Build build = Build.current();
        if (build.archived()) {
            throw new Failure(Exit.USAGE, "an archive is made from a checkout, and this is an archive already");
        }
        build.requireApplications();
        Path archive = new ReleaseArchive(build, output.toAbsolutePath(), new Narrator(System.err)).make();
        System.out.println(archive);
        return Exit.OK.code();
    }
}
