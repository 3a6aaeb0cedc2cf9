package dev.gatehouse.worker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.Cost;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.TokenLogprob;
import dev.gatehouse.worker.engine.TokenLogprob.Alternative;
import dev.gatehouse.worker.engine.ToolCallDelta;
import dev.gatehouse.worker.engine.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Frames are, byte for byte, those of the examples in {@code docs/node-protocol}. */
class ContractTest {

    private static final Path EXAMPLES = Path.of("../docs/node-protocol");

    @Test
    void writesTheFirstChunk() throws IOException {
        Chunk first = new Chunk(0, 2, new int[] {301, 17}, "", "1", List.of(), List.of());

        assertThat(json(newWriter().chunk(first))).isEqualTo(example("first-chunk"));
    }

    @Test
    void writesText() throws IOException {
        Chunk content = new Chunk(0, 21, new int[] {25, 29, 31}, "579", "", List.of(), List.of());

        assertThat(json(running().chunk(content))).isEqualTo(example("content-chunk"));
    }

    @Test
    void eachChoiceSaysItsRoleOnce() throws IOException {
        Chunk second = new Chunk(1, 4, new int[] {25}, "5", "", List.of(), List.of());
        ChunkWriter writer = running();

        assertThat(json(writer.chunk(second))).isEqualTo(example("choice-chunk"));
        assertThat(json(writer.chunk(second))).doesNotContain("role");
    }

    @Test
    void writesToolCalls() throws IOException {
        ToolCallDelta call = new ToolCallDelta(0, "call_1", "add", "{\"a\":123");
        Chunk tool = new Chunk(0, 9, new int[] {44}, "", "", List.of(call), List.of());

        assertThat(json(running().chunk(tool))).isEqualTo(example("tool-chunk"));
    }

    @Test
    void writesLogprobs() throws IOException {
        TokenLogprob five = new TokenLogprob(
                new byte[] {53},
                -0.01,
                List.of(new Alternative(new byte[] {53}, -0.01), new Alternative(new byte[] {54}, -4.9)));
        Chunk chunk = new Chunk(0, 19, new int[] {25}, "5", "", List.of(), List.of(five));

        assertThat(json(running().chunk(chunk))).isEqualTo(example("logprobs-chunk"));
    }

    /** The example's end token has an id; an engine that has none to tell leaves the list empty. */
    @Test
    void writesTheFinishReason() throws IOException {
        assertThat(json(running().finish(0, FinishReason.STOP, 22)))
                .isEqualTo(example("finish-chunk").replace("\"ids\":[2]", "\"ids\":[]"));
    }

    @Test
    void writesTheUsage() throws IOException {
        End end = new End(
                FinishReason.STOP,
                new Usage(14, 0, 22, 16),
                new Meters(
                        0.4, 5.1, 13, 1.2, new Cost(15.2, 1064.5, 0, OptionalDouble.empty(), OptionalDouble.empty())));

        assertThat(json(running().usage(end))).isEqualTo(example("usage-chunk"));
    }

    @Test
    void writesAFault() throws IOException {
        Fault fault = new Fault(
                "engine_failed",
                "The model's context was lost while the answer was being generated. Send the request again.");

        assertThat(json(running().error(ApiError.of(fault), 7))).isEqualTo(example("error-frame"));
    }

    @Test
    void readsTheRequest() throws Exception {
        Model model = new Model("tiny-moe", "llama", "", 256, 512, 16, 4096);

        ChatRequest request = ChatRequest.read(Files.readAllBytes(EXAMPLES.resolve("run-request.json")), model);

        assertThat(request.stream()).isTrue();
        assertThat(request.sampling().temperature()).hasValue(0);
    }

    private static ChunkWriter newWriter() {
        return ChunkWriter.forGateway("chatcmpl-01999999-0000-7000-8000-000000000001", 1795500000, "tiny-moe");
    }

    private static ChunkWriter running() {
        ChunkWriter writer = newWriter();
        assertThat(writer.chunk(new Chunk(0, 1, new int[] {1}, "a", "", List.of(), List.of())))
                .isNotEmpty();
        return writer;
    }

    private static String json(byte[] event) {
        String text = new String(event, StandardCharsets.UTF_8);
        assertThat(text).startsWith("data: ").endsWith("\n\n");
        return text.substring(6, text.length() - 2);
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name + ".json")).strip();
    }
}
