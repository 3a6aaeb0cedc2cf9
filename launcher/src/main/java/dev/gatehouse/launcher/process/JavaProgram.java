package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One of our applications in a JVM of its own. Its standard input is a pipe that nobody writes to: it closes when the
 * launcher dies, and the application then ends itself.
 */
public final class JavaProgram implements Program {
    /** Ctrl-C reaches the whole process group; the launcher alone decides what to stop first. */
    private static final List<String> DEAF_TO_INTERRUPT = List.of("/bin/sh", "-c", "trap \"\" INT; exec \"$@\"", "sh");

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final DataDirectory data;
    private final String name;
    private final Path jar;
    private final List<String> arguments;
    private final Function<RunFile, URI> health;
    private final String remedy;
    private final LogFile log;

    /**
     * @param jar the application, its libraries beside it
     * @param arguments its properties, {@code --name=value}
     * @param health where it answers 200 when it is ready
     * @param remedy what a person can do when it does not get ready, after a colon
     */
    public JavaProgram(
            DataDirectory data,
            String name,
            Path jar,
            List<String> arguments,
            Function<RunFile, URI> health,
            String remedy,
            Narrator narrator) {
        this.data = data;
        this.name = name;
        this.jar = jar;
        this.arguments = List.copyOf(arguments);
        this.health = health;
        this.remedy = remedy;
        this.log = new LogFile(data.logs().resolve(name + ".log"), narrator);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public Path log() {
        return log.path();
    }

    @Override
    public Running start() throws IOException {
        Files.deleteIfExists(RunFile.path(data, name));
        ProcessBuilder builder =
                new ProcessBuilder(command()).directory(data.root().toFile()).redirectErrorStream(true);
        Environment.clean(builder.environment());
        Process process = builder.start();
        ProcessRecord.of(process.toHandle()).write(data, name);
        log.append("--- %s: process %d%n".formatted(Instant.now(), process.pid()));
        Thread logging = Thread.ofVirtual().name(name + "-log").start(() -> log.copy(process.getInputStream()));
        return Running.child(process, logging);
    }

    @Override
    public boolean ready(Running running) {
        return RunFile.read(data, name)
                .filter(said -> said.pid() == running.handle().pid())
                .filter(said -> Health.answers(health.apply(said)))
                .isPresent();
    }

    @Override
    public void stop(Running running) {
        running.handle().destroy();
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(DEAF_TO_INTERRUPT);
        command.add(JAVA);
        command.addAll(JvmFlags.ALL);
        command.addAll(new StartCache(jar).flags());
        command.add("-XX:ErrorFile=" + data.logs().resolve(name + "-crash-%p.log"));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }
}
