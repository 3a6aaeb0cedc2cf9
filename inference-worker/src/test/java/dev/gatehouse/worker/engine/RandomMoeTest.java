package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a grammar forces on a model that says noise: calls and documents of the shape that was asked for. */
class RandomMoeTest {

    private static final String WEATHER = """
            {"type":"function","function":{"name":"get_weather","description":"Tells the weather","parameters":{
              "type":"object","additionalProperties":false,"required":["city","days","unit"],"properties":{
              "city":{"type":"string","minLength":1,"maxLength":12},
              "days":{"type":"integer","minimum":1,"maximum":9},
              "unit":{"enum":["celsius","fahrenheit"]}}}}}""";
    private static final String ADD = """
            {"type":"function","function":{"name":"add","parameters":{
              "type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"enum":[1,2]}}}}}""";

    @TempDir
    private static Path directory;

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = RandomMoe.open(directory);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Ask tools(String members) {
        return Ask.body("""
                {"messages":[{"role":"user","content":"What is the weather in Paris?"}],"tools":[%s,%s],%s}""".formatted(WEATHER, ADD, members));
    }

    private static List<ToolCallDelta> calls(Collected answer) {
        return answer.chunks().stream().flatMap(chunk -> chunk.tools().stream()).toList();
    }

    private static JsonNode arguments(Collected answer, int index) {
        StringBuilder json = new StringBuilder();
        calls(answer).stream().filter(call -> call.index() == index).forEach(call -> json.append(call.arguments()));
        return JsonMapper.shared().readTree(json.toString());
    }

    @Test
    void describesItself() {
        assertThat(engine.model().id()).isEqualTo("random-moe");
        assertThat(engine.model().context()).isEqualTo(4096);
    }

    @Test
    void aRequiredToolIsCalledWithArgumentsThatItsSchemaAllows() throws Exception {
        Set<String> called = new HashSet<>();
        for (int seed = 1; seed <= 6; seed++) {
            Collected answer = run(
                    engine,
                    tools("\"tool_choice\":\"required\",\"parallel_tool_calls\":false")
                            .drawn(1, seed)
                            .max(2000));
            String name = calls(answer).getFirst().name();
            called.add(name);
            assertThat(answer.awaitEnd().reason()).as(answer.content()).isEqualTo(FinishReason.TOOL_CALLS);
            JsonNode arguments = arguments(answer, 0);
            switch (name) {
                case "add" -> assertThat(arguments.path("a").asInt()).isBetween(1, 2);
                case "get_weather" -> {
                    assertThat(arguments.path("city").asString()).hasSizeBetween(1, 24);
                    assertThat(arguments.path("days").asInt()).isBetween(1, 9);
                    assertThat(arguments.path("unit").asString()).isIn("celsius", "fahrenheit");
                }
                default -> throw new AssertionError(name);
            }
        }
        assertThat(called).containsExactlyInAnyOrder("add", "get_weather");
    }

    @Test
    void tryout() throws Exception {
        for (int seed = 1; seed <= 4; seed++) {
            for (Ask ask : List.of(
                    Ask.user("Hello!"),
                    tools("\"tool_choice\":\"auto\""),
                    tools("\"tool_choice\":\"required\""),
                    tools("\"tool_choice\":\"none\""),
                    Ask.schema(
                            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"integer\"}},\"required\":[\"a\",\"b\"],\"additionalProperties\":false}"))) {
                long t = System.nanoTime();
                Collected answer = run(engine, ask.drawn(1, seed).max(2000));
                System.out.println("TRY " + (System.nanoTime() - t) / 1000000 + "ms "
                        + answer.awaitEnd().reason() + " " + answer.awaitEnd().usage() + " | "
                        + answer.content().replace("\n", "\\n") + " | " + calls(answer));
            }
        }
    }
}
