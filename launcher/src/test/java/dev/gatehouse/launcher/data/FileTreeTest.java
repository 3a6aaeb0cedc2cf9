package dev.gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void tree() throws IOException {
        tree = directory.resolve("tree");
        Path program =
                Files.writeString(Files.createDirectories(tree.resolve("bin")).resolve("program"), "#!/bin/sh");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(program, FileTime.fromMillis(1_700_000_000_000L));
        Files.createSymbolicLink(tree.resolve("latest"), Path.of("bin"));
    }

    @Test
    void copiesModesTimesAndLinks() throws IOException {
        Path copy = directory.resolve("a/b/copy");
        FileTree.copy(tree, copy);

        Path program = copy.resolve("bin/program");
        assertThat(program).hasContent("#!/bin/sh").isExecutable();
        assertThat(Files.getLastModifiedTime(program).toMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(Files.readSymbolicLink(copy.resolve("latest"))).isEqualTo(Path.of("bin"));
    }

    @Test
    void copiesASingleFile() throws IOException {
        FileTree.copy(tree.resolve("bin/program"), directory.resolve("c/program"));

        assertThat(directory.resolve("c/program")).isExecutable();
    }

    @Test
    void deletesWhatIsInItButNotWhereLinksLead() throws IOException {
        Path outside = Files.createFile(
                Files.createDirectory(directory.resolve("outside")).resolve("kept"));
        Files.createSymbolicLink(tree.resolve("out"), outside.resolveSibling("."));
        FileTree.delete(tree);
        FileTree.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(outside).exists();
    }
}
