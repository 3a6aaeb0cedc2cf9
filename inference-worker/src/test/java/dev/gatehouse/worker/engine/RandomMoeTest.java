package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void aNamedFunctionIsTheOneThatIsCalled() throws Exception {
        for (String name : List.of("add", "get_weather")) {
            Collected answer = run(
                    engine,
                    tools("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}".formatted(name))
                            .drawn(1, 3)
                            .max(2000));
            assertThat(calls(answer))
                    .filteredOn(call -> !call.name().isEmpty())
                    .extracting(ToolCallDelta::name)
                    .containsOnly(name);
        }
    }

    @Test
    void severalCallsComeInOneAnswerUnlessThatIsSwitchedOff() throws Exception {
        int most = 0;
        for (int seed = 1; seed <= 8; seed++) {
            Collected several = run(
                    engine, tools("\"tool_choice\":\"required\"").drawn(1, seed).max(500));
            if (several.awaitEnd().reason() == FinishReason.TOOL_CALLS) {
                most = Math.max(most, wholeCalls(several));
            }
            Collected one = run(
                    engine,
                    tools("\"tool_choice\":\"required\",\"parallel_tool_calls\":false")
                            .drawn(1, seed)
                            .max(500));
            assertThat(ids(one)).hasSize(1);
        }
        assertThat(most).isGreaterThan(1);
    }

    private static int wholeCalls(Collected answer) {
        List<String> ids = ids(answer);
        for (int call = 0; call < ids.size(); call++) {
            assertThat(arguments(answer, call).isObject()).isTrue();
        }
        assertThat(ids).doesNotHaveDuplicates();
        return ids.size();
    }

    private static List<String> ids(Collected answer) {
        return calls(answer).stream()
                .map(ToolCallDelta::id)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    @Test
    void noToolIsCalledWhenNoneIsToBe() throws Exception {
        for (int seed = 1; seed <= 4; seed++) {
            assertThat(calls(run(
                            engine,
                            tools("\"tool_choice\":\"none\"").drawn(1, seed).max(200))))
                    .isEmpty();
        }
    }

    @Test
    void aDocumentIsOneOfItsSchema() throws Exception {
        Ask ask = Ask.schema("""
                {"type":"object","additionalProperties":false,"required":["sum","tags","by"],"$defs":{"who":{"type":"object",
                  "additionalProperties":false,"required":["name"],"properties":{"name":{"type":["string","null"]}}}},
                 "properties":{"sum":{"type":"integer"},"by":{"$ref":"#/$defs/who"},
                  "tags":{"type":"array","minItems":1,"maxItems":3,"items":{"enum":["a","b"]}},
                  "code":{"type":"string","pattern":"^[A-Z]{2}-[0-9]{3}$"}}}""");
        for (int seed = 1; seed <= 6; seed++) {
            Collected answer = run(engine, ask.drawn(1, seed).max(2000));
            JsonNode json = JsonMapper.shared().readTree(answer.content());
            assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
            assertThat(json.path("sum").isIntegralNumber()).isTrue();
            assertThat(json.path("tags"))
                    .hasSizeBetween(1, 3)
                    .allMatch(tag -> tag.asString().matches("a|b"));
            assertThat(json.path("by").has("name")).isTrue();
            assertThat(json.path("code").asString("AA-000")).matches("[A-Z]{2}-[0-9]{3}");
        }
    }

    @Test
    void aJsonObjectIsOne() throws Exception {
        Ask ask = Ask.body("""
                {"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}""");
        for (int seed = 1; seed <= 4; seed++) {
            Collected answer = run(engine, ask.drawn(1, seed).max(3000));
            if (answer.awaitEnd().reason() == FinishReason.STOP) {
                assertThat(JsonMapper.shared().readTree(answer.content()).isObject())
                        .isTrue();
            } else {
                assertThat(answer.content()).startsWith("{");
            }
        }
    }

    @Test
    void theLargestBoundsOfASchemaAreTakenAndLargerOnesOfAToolAreRefused() throws Exception {
        String text = "{\"type\":\"string\",\"maxLength\":1000}";
        String list = "{\"type\":\"array\",\"minItems\":1000,\"maxItems\":1000,\"items\":" + text + "}";
        String pattern = "{\"type\":\"string\",\"pattern\":\"^[a-z]{1000}$\"}";
        for (String schema : List.of(list, pattern)) {
            assertThat(run(engine, Ask.schema(schema).drawn(1, 1).max(60))
                            .awaitEnd()
                            .reason())
                    .isEqualTo(FinishReason.LENGTH);
        }
        Ask beyond = Ask.body("""
                {"messages":[{"role":"user","content":"x"}],"tool_choice":"required","tools":[{"type":"function","function":{
                  "name":"a","parameters":{"type":"object","properties":{"b":{"type":"string","maxLength":2000}}}}}]}""");
        assertThatThrownBy(() -> engine.submit(beyond.request(), new Collected()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("too large")
                .extracting(refused -> ((RefusedException) refused).param())
                .isEqualTo("tools");
    }

    @Test
    void thinkingIsSwitchedOffByEffortAndByTheTemplatesArgument() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}";
        assertThat(reasoningTokens(body.formatted(""))).isPositive();
        assertThat(reasoningTokens(body.formatted(",\"reasoning_effort\":\"high\"")))
                .isPositive();
        assertThat(reasoningTokens(body.formatted(",\"reasoning_effort\":\"none\"")))
                .isZero();
        assertThat(reasoningTokens(body.formatted(",\"reasoning_effort\":\"minimal\"")))
                .isZero();
        assertThat(reasoningTokens(body.formatted(",\"chat_template_kwargs\":{\"enable_thinking\":false}")))
                .isZero();
    }

    private static int reasoningTokens(String body) throws Exception {
        return run(engine, Ask.body(body).drawn(1, 1).max(100))
                .awaitEnd()
                .usage()
                .reasoning();
    }

    @Test
    void everyRoleOfAHistoryIsInThePrompt() throws Exception {
        String turn = "{\"role\":\"%s\",\"content\":\"%s\"}";
        String user = turn.formatted("user", "u");
        int least = prompt(user);
        int system = prompt(turn.formatted("system", "Be brief and kind.") + "," + user);
        assertThat(system).isGreaterThan(least);
        assertThat(prompt(turn.formatted("developer", "Be brief and kind.") + "," + user))
                .isEqualTo(system);
        String call = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                + "\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}}]}";
        String result = "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"The sum is two.\"}";
        int called = prompt(user + "," + call + "," + user);
        assertThat(called).isGreaterThan(least);
        assertThat(prompt(user + "," + call + "," + result + "," + user)).isGreaterThan(called);
    }

    private static int prompt(String messages) throws Exception {
        return engine.quote(Ask.body("{\"messages\":[" + messages + "]}").request())
                .tokens();
    }
}
