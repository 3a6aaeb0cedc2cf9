package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From picked tokens to chunks, with a parser and a vocabulary made for the test. */
class AnswerTest {

    private static final int END = 1000;

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int parses;

    private final Answer.Vocabulary vocabulary = new Answer.Vocabulary() {
        @Override
        public byte[] text(int token) {
            return words.get(token).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] bytes(int token) {
            return text(token);
        }
    };

    private Answer answer(Answer.Parser parser, String... stops) {
        return answer(parser, false, stops);
    }

    private Answer answer(Answer.Parser parser, boolean structured, String... stops) {
        ThinkingCount thinking = new ThinkingCount(false, "", List.of());
        return new Answer(
                (text, last) -> {
                    parses++;
                    return parser.parse(text, last);
                },
                structured,
                vocabulary,
                thinking,
                List.of(stops),
                chunks::add);
    }

    private static List<LlamaChat.Change> content(String text) {
        return text.isEmpty() ? List.of() : List.of(new LlamaChat.Change(null, text, null));
    }

    private static List<LlamaChat.Change> arguments(String text) {
        return List.of(new LlamaChat.Change(null, null, new LlamaChat.Tool(0, "", "", text)));
    }

    /** Each word is a token. */
    private void say(Answer answer, String... said) {
        for (String word : said) {
            words.add(word);
            answer.token(new LlamaContext.Pick(0, words.size() - 1, false, -0.5f, List.of()), true);
        }
    }

    private void end(Answer answer) {
        answer.token(new LlamaContext.Pick(0, END, true, 0, List.of()), false);
        answer.end(true);
    }

    private List<List<Integer>> ids() {
        return chunks.stream()
                .map(chunk -> Arrays.stream(chunk.ids()).boxed().toList())
                .toList();
    }

    @Test
    void showsEachTokenWhenItComesAndTheEndTokenLast() {
        Answer answer = answer((text, last) -> content(text));
        say(answer, "a", "b");
        assertThat(ids()).containsExactly(List.of(0), List.of(1));
        end(answer);
        assertThat(ids()).containsExactly(List.of(0), List.of(1), List.of(END));
        assertThat(chunks.getLast()).extracting(Chunk::at, Chunk::content).containsExactly(3L, "");
        assertThat(chunks.getLast().logprobs()).isEmpty();
        assertThat(answer.tokens()).isEqualTo(3);
    }

    @Test
    void aCutCharacterComesWithItsLastToken() {
        Answer answer = answer((text, last) -> content(text));
        say(answer, "\u00e2", "\u0082", "\u00ac!");
        assertThat(ids()).containsExactly(List.of(0, 1, 2));
        assertThat(chunks.getFirst().content()).isEqualTo("€!");
        assertThat(chunks.getFirst().logprobs()).hasSize(3);
    }

    @Test
    void anIncompleteCharacterAtTheEndIsNotShownButCounted() {
        Answer answer = answer((text, last) -> content(text));
        say(answer, "x", "\u00e2");
        answer.end(false);
        assertThat(chunks).extracting(Chunk::content).containsExactly("x", "");
        assertThat(ids()).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void textHeldForAStopComesWhenItIsNone() {
        Answer answer = answer((text, last) -> content(text), "END");
        say(answer, "a E", "N", "x");
        assertThat(chunks).extracting(Chunk::content).containsExactly("a ", "ENx");
        assertThat(ids()).containsExactly(List.of(0), List.of(1, 2));
        assertThat(chunks).extracting(chunk -> chunk.logprobs().size()).containsExactly(0, 3);
        assertThat(answer.stopped()).isFalse();
    }

    @Test
    void textHeldForAStopComesAtTheEnd() {
        Answer answer = answer((text, last) -> content(text), "END");
        say(answer, "E", "N");
        end(answer);
        assertThat(chunks).extracting(Chunk::content).containsExactly("EN");
        assertThat(ids()).containsExactly(List.of(0, 1, END));
    }

    @Test
    void nothingIsShownFromTheStopOn() {
        Answer answer = answer((text, last) -> content(text), "END");
        say(answer, "a", "EN", "D b");
        assertThat(answer.stopped()).isTrue();
        answer.end(false);
        answer.end(false);
        assertThat(chunks).extracting(Chunk::content).containsExactly("a", "");
        assertThat(ids()).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void aStopTextInArgumentsEndsNothing() {
        Answer answer = answer((text, last) -> arguments(text), "END");
        say(answer, "{END}");
        assertThat(answer.stopped()).isFalse();
        assertThat(answer.calledTools()).isTrue();
        assertThat(chunks.getFirst().tools()).containsExactly(new ToolCallDelta(0, "", "", "{END}"));
    }

    @Test
    void longArgumentsAreNotReadAgainForEachToken() {
        Answer answer = answer((text, last) -> arguments(text));
        for (int i = 0; i < 20_000; i++) {
            say(answer, "12345678");
        }
        end(answer);
        assertThat(parses).isLessThan(3_000);
        assertThat(chunks.stream().mapToInt(chunk -> chunk.ids().length).sum()).isEqualTo(20_001);
        assertThat(chunks.stream()
                        .flatMap(chunk -> chunk.tools().stream())
                        .mapToInt(tool -> tool.arguments().length())
                        .sum())
                .isEqualTo(160_000);
    }

    @Test
    void longJsonIsNotReadAgainForEachToken() {
        Answer answer = answer((text, last) -> content(text), true);
        for (int i = 0; i < 20_000; i++) {
            say(answer, "12345678");
        }
        end(answer);
        assertThat(parses).isLessThan(3_000);
        assertThat(chunks.stream().mapToInt(chunk -> chunk.content().length()).sum())
                .isEqualTo(160_000);
    }

    @Test
    void sendsTheTokensWhileNothingCanBeShown() {
        StringBuilder held = new StringBuilder();
        Answer answer = answer((text, last) -> {
            held.append(text);
            return last ? content(held.toString()) : List.of();
        });
        for (int i = 0; i < 40; i++) {
            say(answer, "x");
        }
        end(answer);
        assertThat(chunks).extracting(Chunk::at).containsExactly(16L, 32L, 41L);
        assertThat(chunks).extracting(chunk -> chunk.ids().length).containsExactly(16, 16, 9);
        assertThat(chunks).extracting(chunk -> chunk.content().length()).containsExactly(0, 0, 40);
    }

    @Test
    void whatTheParserHoldsBackHoldsItsLogProbabilitiesBack() {
        StringBuilder held = new StringBuilder();
        Answer answer = answer((text, last) -> {
            held.append(text);
            if (held.toString().startsWith("<") && !last && held.length() < 3) {
                return List.of();
            }
            String all = held.toString();
            held.setLength(0);
            return content(all);
        });
        say(answer, "<", "b", ">");
        assertThat(ids()).containsExactly(List.of(0, 1, 2));
        assertThat(chunks.getFirst().logprobs()).hasSize(3);
    }
}
