package dev.gatehouse.launcher.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {

    private static final byte[] MODEL = new byte[3_000_000];
    private static final String FILE = "/files/model-q8_0.gguf";
    private static final ToLongFunction<Path> PLENTY = folder -> Long.MAX_VALUE / 2;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private FileServer server;

    PullTest() throws IOException {
        new Random(1).nextBytes(MODEL);
        server = new FileServer();
    }

    @BeforeEach
    void publish() {
        server.publish(FILE, MODEL);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<Path> pull(String source, String sha256, Optional<String> token, ToLongFunction<Path> space)
            throws InterruptedException {
        Narrator narrator = new Narrator(new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Pull(server.root(), token, folder, narrator, space)
                .fetch(Source.parse(source), Optional.of(sha256).filter(hex -> !hex.isEmpty()));
    }

    private Path pull(String sha256) throws InterruptedException {
        return pull(server.root() + FILE, sha256, Optional.empty(), PLENTY).getFirst();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fetchesAFileWholeAndTellsHowFarItIs() throws Exception {
        assertThat(pull(sha256(MODEL))).hasBinaryContent(MODEL);
        assertThat(left()).containsExactly("model-q8_0.gguf");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("model-q8_0.gguf   0 % of 3 MB", "100 % of 3 MB");
    }

    @Test
    void goesOnWhereItWasCutAndAsksForTheRestAlone() throws Exception {
        server.cutOnceAfter(1_000_000);
        assertThatThrownBy(() -> pull(""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("did not come whole")
                .hasMessageContaining("again");
        assertThat(left()).containsExactly("model-q8_0.gguf.etag", "model-q8_0.gguf.part");
        long here = Files.size(folder.resolve("model-q8_0.gguf.part"));
        assertThat(here).isBetween(1L, 1_000_000L);

        assertThat(pull(sha256(MODEL))).hasBinaryContent(MODEL);
        assertThat(server.ranges()).containsExactly("", "bytes=" + here + "-");
        assertThat(left()).containsExactly("model-q8_0.gguf");
    }

    @Test
    void beginsAnewWhereTheFileHasChangedOrRangesAreUnknown() throws Exception {
        server.cutOnceAfter(1_000_000);
        assertThatThrownBy(() -> pull("")).isInstanceOf(Failure.class);
        byte[] other = MODEL.clone();
        other[0]++;
        server.publish(FILE, other);
        assertThat(pull(sha256(other))).hasBinaryContent(other);

        Files.delete(folder.resolve("model-q8_0.gguf"));
        server.cutOnceAfter(1_000_000);
        assertThatThrownBy(() -> pull("")).isInstanceOf(Failure.class);
        server.withoutRanges();
        assertThat(pull(sha256(other))).hasBinaryContent(other);
    }

    @Test
    void keepsNothingOfAFileThatIsNotWhatWasPromised() throws Exception {
        assertThatThrownBy(() -> pull(sha256(new byte[1])))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.NOT_VERIFIED))
                .hasMessageContaining("SHA-256");
        assertThat(left()).isEmpty();
    }

    @Test
    void fetchesNothingTwice() throws Exception {
        pull("");
        pull(sha256(MODEL));
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void refusesADiskThatIsTooSmallBeforeAnythingComes() throws Exception {
        assertThatThrownBy(() -> pull(server.root() + FILE, "", Optional.empty(), folder -> 1_000_000))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("MiB are needed");
        assertThat(left()).isEmpty();
    }

    @Test
    void saysWhatIsToBeDoneAboutARefusalAndNeverPrintsTheToken() throws Exception {
        server.requireToken("secret-token");
        assertThatThrownBy(() -> pull(""))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.DENIED));
        assertThatThrownBy(() -> pull(server.root() + FILE, "", Optional.of("wrong-token"), PLENTY))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--token-file")
                .hasMessageNotContaining("wrong-token");
        assertThat(pull(server.root() + FILE, "", Optional.of("secret-token"), PLENTY))
                .hasSize(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("token");
        assertThatThrownBy(() -> pull(server.root() + "/files/none.gguf", "", Optional.of("secret-token"), PLENTY))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.NOT_FOUND));
    }

    @Test
    void sendsTheTokenToNoOtherHost() throws Exception {
        try (FileServer elsewhere = new FileServer()) {
            elsewhere.publish(FILE, MODEL);
            server.redirect("/moved/model-q8_0.gguf", elsewhere.root() + FILE);
            assertThat(pull(server.root() + "/moved/model-q8_0.gguf", "", Optional.of("secret"), PLENTY))
                    .hasSize(1);
            assertThat(server.tokens()).containsExactly("Bearer secret");
            assertThat(elsewhere.tokens()).containsExactly("");
        }
    }

    @Test
    void findsTheFilesOfAQuantisationAndTheirSums() throws Exception {
        byte[] first = {1, 2, 3};
        byte[] second = {4, 5};
        server.publish("/owner/name/resolve/main/Q4_K_M/name-Q4_K_M-00001-of-00002.gguf", first);
        server.publish("/owner/name/resolve/main/Q4_K_M/name-Q4_K_M-00002-of-00002.gguf", second);
        server.publish("/api/models/owner/name/tree/main", """
                [{"path":"README.md","size":3},
                 {"path":"Q4_K_M/name-Q4_K_M-00002-of-00002.gguf","size":2,"lfs":{"oid":"%s","size":2}},
                 {"path":"Q4_K_M/name-Q4_K_M-00001-of-00002.gguf","size":3,"lfs":{"oid":"%s","size":3}},
                 {"path":"name-Q8_0.gguf","size":9}]""".formatted(sha256(second), sha256(first))
                .getBytes(StandardCharsets.UTF_8));

        List<Path> files = pull("hf:owner/name:q4_k_m", "", Optional.empty(), PLENTY);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("name-Q4_K_M-00001-of-00002.gguf", "name-Q4_K_M-00002-of-00002.gguf");
        assertThat(files.getFirst()).hasBinaryContent(first);
        assertThatThrownBy(() -> pull("hf:owner/name:IQ2_XS", "", Optional.empty(), PLENTY))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("There are: Q4_K_M, Q8_0");
    }

    @Test
    void fetchesAllFilesOfAModelWhoseFirstIsNamed() throws Exception {
        server.publish("/files/big-00001-of-00002.gguf", new byte[] {1});
        server.publish("/files/big-00002-of-00002.gguf", new byte[] {2});
        assertThat(pull(server.root() + "/files/big-00001-of-00002.gguf", "", Optional.empty(), PLENTY))
                .hasSize(2);
    }

    @Test
    void isToldWhatASourceLooksLike() {
        assertThatThrownBy(() -> Source.parse("owner/name"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("hf:OWNER/REPOSITORY:QUANTISATION");
    }
}
