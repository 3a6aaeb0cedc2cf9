package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.model.RandomModel;
import dev.gatehouse.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real process with a model is killed, and finds after that what it had computed of a prompt. */
class StoredPromptDeathTest {

    private static final String SALT = secret(1);
    private static final String KEY = secret(2);

    @TempDir
    Path directory;

    private record Answer(String text, int prompt, int cached) {}

    private static String secret(int with) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) with);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String chat() {
        ObjectNode chat = TestGateway.JSON.createObjectNode().put("model", "random-moe");
        chat.put("max_tokens", 24).put("temperature", 0);
        chat.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "The lamp of the tower is lit at dusk. ".repeat(79) + "Who lights it?");
        return chat.toString();
    }

    private WorkerProcess start(Path model) throws IOException {
        return WorkerProcess.start(
                directory,
                TestGateway.KEY,
                "--gatehouse.worker.engine.model=" + model,
                "--gatehouse.worker.engine.natives=" + Path.of("target/native/lib"),
                "--gatehouse.worker.engine.threads=1",
                "--gatehouse.worker.engine.kv-tokens=4096",
                "--gatehouse.worker.kv-store.directory=" + directory.resolve("kv"));
    }

    private static TestGateway connect(WorkerProcess worker) throws Exception {
        TestGateway gateway = new TestGateway(worker.awaitListening());
        TestNode.await(
                "ready",
                () -> gateway.health().json().path("state").asString("").equals("ready"));
        return gateway;
    }

    private static Answer ask(TestGateway gateway, String salt, String key) throws Exception {
        List<JsonNode> frames =
                gateway.run(TestNode.newId(), 100, chat(), salt, key).all();
        JsonNode usage = frames.getLast().path("usage");
        return new Answer(
                Sse.text(frames, "reasoning_content") + "|" + Sse.text(frames, "content"),
                usage.path("prompt_tokens").intValue(),
                usage.path("prompt_tokens_details").path("cached_tokens").intValue());
    }

    private static long written(TestGateway gateway) throws Exception {
        Matcher count = Pattern.compile("(?m)^gatehouse_worker_kvstore_written_total\\{.*} (\\d+)")
                .matcher(gateway.metrics());
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("kv"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aKilledProcessHasLostNoBlockThatWasWritten() throws Exception {
        Path model = RandomModel.write(directory.resolve("random-moe.gguf"), 1);
        Answer cold;
        try (WorkerProcess worker = start(model)) {
            TestGateway gateway = connect(worker);
            cold = ask(gateway, SALT, KEY);
            long blocks = (cold.prompt() - 1) / 64;
            TestNode.await("all blocks on disk", () -> written(gateway) >= blocks);
            worker.kill();
        }
        assertThat(cold.cached()).isZero();
        assertThat(cold.prompt()).isGreaterThanOrEqualTo(1_500);

        try (WorkerProcess worker = start(model)) {
            TestGateway gateway = connect(worker);
            assertThat(ask(gateway, secret(3), KEY).cached()).isZero();
            assertThat(ask(gateway, SALT, KEY))
                    .isEqualTo(new Answer(cold.text(), cold.prompt(), (cold.prompt() - 1) / 64 * 64));
            worker.kill();
        }

        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[40] ^= 1;
            Files.write(file, bytes);
        }
        try (WorkerProcess worker = start(model)) {
            assertThat(ask(connect(worker), SALT, KEY)).isEqualTo(cold);
            assertThat(worker.log()).doesNotContain(SALT).doesNotContain(KEY);
        }
    }
}
