package dev.gatehouse.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import dev.gatehouse.launcher.process.LogFile;
import dev.gatehouse.launcher.process.Ports;
import dev.gatehouse.launcher.terminal.Narrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClusterTest {
    @TempDir
    private Path directory;

    @Test
    void deletesThePasswordThatAKilledCreationLeftBehind() throws Exception {
        Path initdb = Files.createDirectories(directory.resolve("programs/bin")).resolve("initdb");
        Files.writeString(initdb, "#!/bin/sh\nmkdir \"${1#--pgdata=}\"\n");
        Files.setPosixFilePermissions(initdb, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path left = Files.createDirectories(directory.resolve("initdb-123/data/base"));
        Files.writeString(left.resolveSibling("password"), "secret");
        LogFile log = new LogFile(directory.resolve("postgres.log"), new Narrator(System.err));

        new Cluster(directory, log, new Unprivileged.AsIs())
                .create(new Binaries(directory.resolve("programs")), "password");

        assertThat(directory).isDirectoryContaining("glob:**/data").isDirectoryNotContaining("glob:**/initdb-*");
    }

    @Test
    void runsAsNobodyForRootWithoutUserNamespaces() throws Exception {
        boolean root = new UnixSystem().getUid() == 0;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Binaries binaries = new Binaries(directory.resolve("bin-18.6.0"));
        binaries.unpack();
        LogFile log = new LogFile(directory.resolve("postgres.log"), new Narrator(System.err));
        Cluster cluster =
                new Cluster(directory, log, root ? new Unprivileged.Nobody() : Unprivileged.choose(directory));

        cluster.create(binaries, "password");
        cluster.start(binaries, Ports.free(1).getFirst());
        ProcessHandle server =
                Postmaster.read(cluster.files()).orElseThrow().living(directory).orElseThrow();
        try {
            assertThat(server.info().user()).hasValue(root ? "nobody" : System.getProperty("user.name"));
        } finally {
            cluster.end(server);
        }
        assertThat(server.isAlive()).isFalse();
        assertThat(Postmaster.file(cluster.files())).doesNotExist();
    }
}
