package dev.gatehouse.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.node.Script;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PromptTest {

    @Test
    void isOneKibibyteAndCarriesTheScriptAsItsLastUserMessage() {
        Script script = Script.paced(64, 20);
        String json = Prompt.json("tiny-moe", script, true);
        JsonNode body = new JsonMapper().readTree(json);

        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSize(Prompt.BYTES);
        assertThat(body.at("/messages/0/content").asString().length()).isBetween(700, 800);
        assertThat(body.at("/messages/1/content").asString()).isEqualTo(script.toJson());
        assertThat(body.path("max_tokens").asInt()).isEqualTo(64);
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
    }
}
