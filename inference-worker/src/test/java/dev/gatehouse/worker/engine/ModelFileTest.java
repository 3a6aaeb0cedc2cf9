package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.worker.gguf.GgmlType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

    private static final Path BUNDLED = Path.of("models/tiny-moe-q8_0.gguf");

    @TempDir
    private Path directory;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("model.gguf"), bytes);
    }

    private void refused(Consumer<EditableGguf> edit, String... words) throws IOException {
        EditableGguf gguf = new EditableGguf(BUNDLED);
        edit.accept(gguf);
        Path file = file(gguf.bytes());
        assertThatThrownBy(() -> ModelFile.check(file))
                .isInstanceOf(EngineStartException.class)
                .hasMessageContaining("model.gguf")
                .hasMessageContainingAll(words);
    }

    @Test
    void acceptsTheBundledModelAlsoTakenApartAndPutTogether() throws Exception {
        assertThat(ModelFile.check(BUNDLED).whole("deepseek2.context_length")).contains(256L);
        Path copy = file(new EditableGguf(BUNDLED).bytes());
        assertThat(ModelFile.check(copy))
                .usingRecursiveComparison()
                .ignoringFields("size", "data")
                .isEqualTo(ModelFile.check(BUNDLED));
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> ModelFile.check(directory.resolve("absent.gguf")))
                .hasMessageContaining("absent.gguf");
        assertThatThrownBy(() -> ModelFile.check(directory)).hasMessageContaining("no readable model file");
    }

    @Test
    void refusesWhatIsNoGguf() throws Exception {
        Path file = file("this is a text, and it is long enough".getBytes());
        assertThatThrownBy(() -> ModelFile.check(file)).hasMessageContaining("no GGUF file");
    }

    @Test
    void refusesEveryCutOffFile() throws Exception {
        byte[] whole = Files.readAllBytes(BUNDLED);
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            int length = round < 50 ? random.nextInt(17_198) : random.nextInt(whole.length);
            Path file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelFile.check(file))
                    .as("cut at %d", length)
                    .isInstanceOf(EngineStartException.class);
        }
    }

    @Test
    void anyBytesAreEitherRefusedOrRead() throws Exception {
        byte[] whole = Files.readAllBytes(BUNDLED);
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i < 4; i++) {
                broken[4 + random.nextInt(17_000)] = (byte) random.nextInt(256);
            }
            Path file = file(broken);
            try {
                ModelFile.check(file);
            } catch (EngineStartException e) {
                assertThat(e).hasMessageContaining("can not be used");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "general.architecture",
                "deepseek2.context_length",
                "deepseek2.embedding_length",
                "deepseek2.block_count",
                "deepseek2.feed_forward_length",
                "deepseek2.attention.head_count",
                "deepseek2.attention.head_count_kv",
                "deepseek2.attention.layer_norm_rms_epsilon",
                "deepseek2.attention.q_lora_rank",
                "deepseek2.attention.kv_lora_rank",
                "deepseek2.attention.key_length",
                "deepseek2.attention.key_length_mla",
                "deepseek2.attention.value_length_mla",
                "deepseek2.rope.dimension_count",
                "deepseek2.expert_count",
                "deepseek2.expert_used_count",
                "deepseek2.expert_shared_count",
                "deepseek2.expert_feed_forward_length",
                "tokenizer.ggml.model",
                "tokenizer.ggml.tokens",
                "tokenizer.ggml.merges"
            })
    void namesAMissingMetadatum(String key) throws Exception {
        refused(gguf -> gguf.metadata.remove(key), key, "missing");
    }

    @Test
    void wantsTheUsedExpertGroupsWhenThereAreGroups() throws Exception {
        refused(gguf -> gguf.number("deepseek2.expert_group_count", 4), "expert_group_used_count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek2", "llama"})
    void namesATokenizersArrayWithElementsOfAnotherType(String architecture) throws Exception {
        for (String key : List.of("tokens", "merges", "scores")) {
            refused(
                    gguf -> gguf.text("general.architecture", architecture)
                            .numbers("tokenizer.ggml." + key, new int[512]),
                    "tokenizer.ggml." + key,
                    "wrong type");
        }
        refused(
                gguf -> gguf.text("general.architecture", architecture).numbers("tokenizer.ggml.token_type", 1, 2, 3),
                "tokenizer.ggml.token_type",
                "3 entries for 512 tokens");
    }

    @Test
    void namesMetadataThatContradictEachOther() throws Exception {
        refused(gguf -> gguf.number("deepseek2.expert_used_count", 9), "expert_used_count");
        refused(gguf -> gguf.number("deepseek2.leading_dense_block_count", 4), "leading_dense_block_count");
        refused(gguf -> gguf.number("deepseek2.attention.key_length", 47), "key_length");
        refused(gguf -> gguf.number("tokenizer.ggml.eos_token_id", 512), "eos_token_id", "512");
        refused(gguf -> gguf.text("deepseek2.block_count", "three"), "block_count");
        refused(gguf -> gguf.number("deepseek2.attention.head_count", 0), "head_count", "out of range");
    }

    @Test
    void namesATensorThatIsMissingOrHasAnotherShape() throws Exception {
        refused(gguf -> gguf.tensors.remove("blk.1.ffn_gate_exps.weight"), "blk.1.ffn_gate_exps.weight", "missing");
        refused(
                gguf -> gguf.tensor("blk.2.attn_k_b.weight").shape = new long[] {16, 32, 5},
                "blk.2.attn_k_b.weight",
                "[16, 32, 5]",
                "[16, 32, 4]");
        refused(gguf -> gguf.number("deepseek2.expert_count", 7), "ffn_gate_inp");
        refused(gguf -> gguf.number("deepseek2.block_count", 4), "blk.3.");
    }

    @Test
    void namesATensorOfAWrongType() throws Exception {
        refused(gguf -> gguf.tensor("output_norm.weight").type = GgmlType.F64, "output_norm.weight", "F64");
        refused(gguf -> gguf.tensor("output_norm.weight").type = 1, "output_norm.weight", "must be F32");
        refused(gguf -> gguf.tensor("output.weight").type = 26, "output.weight", "type 26");
        refused(gguf -> gguf.tensor("output.weight").type = 12, "output.weight", "multiple of 256");
    }

    @Test
    void namesATensorOutsideTheFile() throws Exception {
        refused(gguf -> gguf.tensor("output.weight").offset = 1L << 40, "output.weight", "outside the file");
        refused(gguf -> gguf.tensor("output.weight").offset = -32, "output.weight", "outside the file");
        refused(
                gguf -> gguf.tensor("output.weight").shape = new long[] {1L << 40, 1L << 40},
                "output.weight",
                "larger than any file");
    }

    @Test
    void digestsTheWholeFile() {
        assertThat(ModelFile.digest(BUNDLED).join())
                .matches("[0-9a-f]{64}")
                .isEqualTo(ModelFile.digest(BUNDLED).join());
    }

    @Test
    void otherArchitecturesOnlyNeedASoundFile() throws Exception {
        Path file = file(
                new EditableGguf(BUNDLED).text("general.architecture", "llama").bytes());
        assertThatCode(() -> ModelFile.check(file)).doesNotThrowAnyException();
    }
}
