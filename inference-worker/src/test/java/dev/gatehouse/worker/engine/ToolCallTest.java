package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.llama.Backend;
import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import dev.gatehouse.worker.llama.LlamaLibrary;
import dev.gatehouse.worker.llama.LlamaModel;
import dev.gatehouse.worker.llama.LlamaSampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's own parser, for a template with tools: the bundled weights never call one, so the answers are written here. */
class ToolCallTest {

    /** A template in the common {@code <tool_call>} style. */
    private static final String WITH_TOOLS = """
            {{- bos_token -}}
            {%- if tools -%}
            {{- '<tools>' -}}{%- for tool in tools -%}{{- tool | tojson -}}{%- endfor -%}{{- '</tools>' -}}
            {%- endif -%}
            {%- for message in messages -%}
            {%- if message['role'] == 'assistant' -%}
            {{- '<｜Assistant｜>' -}}
            {%- if message['content'] -%}{{- message['content'] -}}{%- endif -%}
            {%- if message['tool_calls'] -%}
            {%- for call in message['tool_calls'] -%}
            {{- '<tool_call>\\n{"name": "' + call['function']['name'] + '", "arguments": ' -}}
            {{- call['function']['arguments'] | tojson -}}
            {{- '}\\n</tool_call>' -}}
            {%- endfor -%}
            {%- endif -%}
            {{- '<｜end▁of▁sentence｜>' -}}
            {%- else -%}
            {{- '<｜User｜>' + message['content'] -}}
            {%- endif -%}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<｜Assistant｜>' -}}{%- endif -%}
            """;

    private static final String BODY = """
            {"messages":[{"role":"user","content":"What is 123 + 456?"}],
             "tools":[{"type":"function","function":{"name":"add","parameters":{"type":"object",
               "properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a","b"]}}}]}""";

    private static final String CALL =
            "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 123, \"b\": \"Größe 456 END\"}}\n</tool_call>";

    private static final LlamaSampling GREEDY = new LlamaSampling(0, 1, 0, 0, 1, 0, 0, 1, 256, Map.of(), -1);

    private static final int END_OF_SENTENCE = 506;

    @TempDir
    private Path directory;

    private LlamaModel model;
    private LlamaChat chat;
    private final Collected collected = new Collected();

    @BeforeEach
    void open() throws Exception {
        byte[] edited = new EditableGguf(BundledModel.FILE)
                .text("tokenizer.chat_template", WITH_TOOLS)
                .bytes();
        LlamaLibrary.load(Path.of("target/native/lib"), Backend.AUTO);
        model = LlamaModel.load(Files.write(directory.resolve("tools.gguf"), edited), done -> true);
        chat = model.chat(BODY.getBytes(StandardCharsets.UTF_8), GREEDY);
    }

    @AfterEach
    void close() {
        chat.close();
        model.close();
    }

    private Answer answer(LlamaChat of, Consumer<Chunk> output) {
        LlamaChat.Info info = of.info();
        ThinkingCount thinking = new ThinkingCount(info.thinking(), info.thinkingStart(), info.thinkingEnds());
        Answer.Vocabulary vocabulary = new Vocabulary(model).preserving(info.preserved());
        return new Answer(of::parse, info.structured(), vocabulary, thinking, List.of("END"), output);
    }

    /** As if the model had said this, byte by byte as the bundled vocabulary spells it. */
    private Answer say(String text) {
        Answer answer = answer(chat, collected::chunk);
        for (int token : model.tokenize(text, false, false)) {
            answer.token(new LlamaContext.Pick(0, token, false, 0, List.of()), false);
        }
        answer.token(new LlamaContext.Pick(0, END_OF_SENTENCE, true, 0, List.of()), false);
        answer.end(true);
        return answer;
    }

    @Test
    void aCallGoesOnWhereItWasCut() {
        say("I add. " + CALL);
        List<Chunk> uncut = collected.chunks();
        String text = tools(uncut);
        for (int cut = 1; cut < uncut.size(); cut++) {
            assertThat(tools(uncut.subList(0, cut)) + tools(resumed(uncut, cut)))
                    .isEqualTo(text);
        }
        assertThat(text).startsWith("I add.").contains("add(");
    }

    /** The rest of an answer, by another chat that gets to know the chunks before the cut by their tokens. */
    private List<Chunk> resumed(List<Chunk> uncut, int cut) {
        Collected rest = new Collected();
        List<Chunk> before = uncut.subList(0, cut);
        int[] ids = before.stream()
                .flatMapToInt(chunk -> Arrays.stream(chunk.ids()))
                .toArray();
        Begun begun = new Begun(ids, tools(before).replace("(", "").length());
        try (LlamaChat other = model.chat(BODY.getBytes(StandardCharsets.UTF_8), GREEDY)) {
            Answer answer = answer(other, new Unseen(begun, rest::chunk));
            for (int id : uncut.stream()
                    .flatMapToInt(chunk -> Arrays.stream(chunk.ids()))
                    .toArray()) {
                answer.token(new LlamaContext.Pick(0, id, id == END_OF_SENTENCE, 0, List.of()), false);
            }
            answer.end(true);
        }
        return rest.chunks();
    }

    private static String tools(List<Chunk> chunks) {
        StringBuilder text = new StringBuilder();
        for (Chunk chunk : chunks) {
            text.append(chunk.content());
            for (ToolCallDelta tool : chunk.tools()) {
                text.append(tool.name()).append(tool.id().isEmpty() ? "" : "(").append(tool.arguments());
            }
        }
        return text.toString();
    }

    private List<ToolCallDelta> deltas() {
        return collected.chunks().stream()
                .flatMap(chunk -> chunk.tools().stream())
                .toList();
    }

    private static Map<?, ?> arguments(List<ToolCallDelta> deltas) {
        String json = deltas.stream().map(ToolCallDelta::arguments).collect(Collectors.joining());
        return JsonMapper.shared().readValue(json, Map.class);
    }

    @Test
    void streamsACallAsChanges() {
        Answer answer = say("I add. " + CALL);

        List<ToolCallDelta> deltas = deltas();
        assertThat(answer.calledTools()).isTrue();
        assertThat(collected.content().strip()).isEqualTo("I add.");
        assertThat(deltas).hasSizeGreaterThan(5).allMatch(delta -> delta.index() == 0);
        assertThat(deltas.getFirst().name()).isEqualTo("add");
        assertThat(deltas.getFirst().id()).matches("call_[0-9a-z]{24}");
        assertThat(deltas.stream().skip(1))
                .allMatch(delta -> delta.id().isEmpty() && delta.name().isEmpty());
        assertThat(arguments(deltas)).isEqualTo(Map.of("a", 123, "b", "Größe 456 END"));
        assertThat(collected.ids()).hasSize(answer.tokens());
    }

    @Test
    void aCallAfterLongContentIsStillFound() {
        String words = Arrays.stream(new int[600]).mapToObj(i -> "word < ").collect(Collectors.joining());
        say(words + CALL);
        assertThat(collected.content().strip()).isEqualTo(words.strip());
        assertThat(arguments(deltas())).isEqualTo(Map.of("a", 123, "b", "Größe 456 END"));
    }

    /** The parser would drop white space at the beginning of what it reads again. */
    @Test
    void longContentKeepsItsSpacesWhereverItIsForgotten() {
        say("aa ".repeat(1000) + "b");
        assertThat(collected.content()).isEqualTo("aa ".repeat(1000) + "b");
    }

    @Test
    void severalCallsHaveTheirOwnIndexAndId() {
        say(CALL + "\n" + CALL);
        List<String> ids = new ArrayList<>();
        deltas().stream().filter(delta -> !delta.id().isEmpty()).forEach(delta -> ids.add(delta.id()));
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(deltas()).extracting(ToolCallDelta::index).contains(0, 1);
    }

    @Test
    void anAnswerWithoutACallIsContent() {
        Answer answer = say("It is 579.");
        assertThat(collected.content()).isEqualTo("It is 579.");
        assertThat(answer.calledTools()).isFalse();
    }
}
