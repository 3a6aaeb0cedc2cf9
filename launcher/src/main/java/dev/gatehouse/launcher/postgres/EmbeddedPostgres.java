package dev.gatehouse.launcher.postgres;

import dev.gatehouse.launcher.data.AtomicFile;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.process.LogFile;
import dev.gatehouse.launcher.process.Ports;
import dev.gatehouse.launcher.process.ProcessRecord;
import dev.gatehouse.launcher.process.Program;
import dev.gatehouse.launcher.process.RunFile;
import dev.gatehouse.launcher.process.Running;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PostgreSQL 18 from the bundled binaries, with its files in {@code DATA/postgres}. It outlives a killed launcher; the
 * next start takes it over when its version is ours, and ends it otherwise.
 */
public final class EmbeddedPostgres implements Program {
    /** Its name among the processes. */
    public static final String NAME = "postgres";

    private final DataDirectory data;
    private final Secrets secrets;
    private final Narrator narrator;
    private final String version;
    private final Binaries binaries;
    private final Cluster cluster;
    private final LogFile log;
    private volatile int port;

    /**
     * @param version the version of the bundled binaries, such as {@code 18.6.0}
     * @throws Failure when this user cannot run PostgreSQL here
     */
    public EmbeddedPostgres(DataDirectory data, Secrets secrets, String version, Narrator narrator) {
        this.data = data;
        this.secrets = secrets;
        this.narrator = narrator;
        this.version = version;
        this.log = log(data, narrator);
        this.binaries = new Binaries(data.postgres().resolve("bin-" + version));
        this.cluster = new Cluster(data.postgres(), log);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Path log() {
        return log.path();
    }

    @Override
    public Running start() throws IOException {
        prepare();
        Optional<Postmaster> left = leftRunning();
        Postmaster server = left.isPresent() ? left.get() : started();
        Roles.ensure(url(server.port(), "postgres"), secrets);
        return recorded(server);
    }

    /** {@link #start} returns only when the server accepts connections. */
    @Override
    public boolean ready(Running running) {
        return true;
    }

    @Override
    public void stop(Running running) {
        cluster.stop(running.handle());
    }

    /**
     * Ends the server that runs on the files of {@code data}, whatever its version, and waits for its end.
     *
     * @return its process, when there was one
     */
    public static Optional<ProcessHandle> end(DataDirectory data, Narrator narrator) {
        Optional<ProcessHandle> server = living(data);
        server.ifPresent(process -> new Cluster(data.postgres(), log(data, narrator)).end(process));
        ProcessRecord.delete(data, NAME);
        return server;
    }

    /** JDBC URL of the database, once started. */
    public String url() {
        return url(port, Roles.DATABASE);
    }

    private void prepare() throws IOException {
        if (binaries.absent()) {
            narrator.say("unpacking PostgreSQL %s (first start only)", version);
            binaries.unpack();
        }
        if (!cluster.exists()) {
            narrator.say("creating the database (first start only)");
            cluster.create(binaries, secrets.superuserPassword());
        }
        requireSameMajor();
    }

    private void requireSameMajor() throws IOException {
        String major = Files.readString(cluster.files().resolve("PG_VERSION")).strip();
        if (!version.startsWith(major + ".")) {
            throw new Failure(
                    Exit.FAULT,
                    "%s was written by PostgreSQL %s and this version brings %s: use the Gatehouse that wrote it, or another --data DIR"
                            .formatted(cluster.files(), major, version));
        }
    }

    private Optional<Postmaster> leftRunning() throws IOException {
        Optional<ProcessHandle> server = living(data);
        if (server.isEmpty()) {
            forgetStranger();
            return Optional.empty();
        }
        if (binaries.contain(server.get())) {
            narrator.say(
                    "taking over PostgreSQL, process %d, which an earlier start left running",
                    server.get().pid());
            return Postmaster.read(cluster.files());
        }
        narrator.say(
                "ending PostgreSQL of another version, process %d", server.get().pid());
        cluster.end(server.get());
        return Optional.empty();
    }

    /** A reused process id in {@code postmaster.pid} would keep PostgreSQL from starting. */
    private void forgetStranger() throws IOException {
        boolean strangerHasItsPid = Postmaster.read(cluster.files())
                .flatMap(said -> ProcessHandle.of(said.pid()))
                .isPresent();
        if (strangerHasItsPid && ProcessHandle.allProcesses().noneMatch(this::isOurs)) {
            Files.delete(Postmaster.file(cluster.files()));
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return Postmaster.isOf(data.postgres(), process);
    }

    private Postmaster started() throws IOException {
        if (port == 0) {
            port = freePort();
        }
        cluster.start(binaries, port);
        return Postmaster.read(cluster.files())
                .orElseThrow(
                        () -> new Failure(Exit.FAULT, "PostgreSQL ended right after its start, see " + log.path()));
    }

    /** The port of the last start while it is free, so that it rarely changes. */
    private int freePort() throws IOException {
        Path file = data.postgres().resolve("port");
        if (Files.exists(file)) {
            int last = Integer.parseInt(Files.readString(file).strip());
            if (Ports.isFree(last)) {
                return last;
            }
        }
        int fresh = Ports.free(1).getFirst();
        AtomicFile.write(file, Integer.toString(fresh));
        return fresh;
    }

    private Running recorded(Postmaster server) throws IOException {
        port = server.port();
        ProcessHandle process = ProcessHandle.of(server.pid())
                .orElseThrow(
                        () -> new Failure(Exit.FAULT, "PostgreSQL ended right after its start, see " + log.path()));
        ProcessRecord.of(process).write(data, NAME);
        new RunFile(server.pid(), server.startId(), url(), null).write(data, NAME);
        return new Running(process, () -> "ended");
    }

    private static Optional<ProcessHandle> living(DataDirectory data) {
        return Postmaster.read(Cluster.files(data.postgres())).flatMap(said -> said.living(data.postgres()));
    }

    private static LogFile log(DataDirectory data, Narrator narrator) {
        return new LogFile(data.logs().resolve(NAME + ".log"), narrator);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }
}
