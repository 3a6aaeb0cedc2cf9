package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes chunks of one answer's tokens: whole characters, thinking and tool calls told apart by the model's own parser, and
 * nothing shown that could still become a stop text. Stop texts end the content; thinking and tool calls may contain them.
 * A chunk has all tokens since the one before, so that what has been shown follows from the tokens of the chunks alone, but for
 * text that is shown because the answer has ended. While nothing can be shown, an empty chunk now and then has the tokens.
 */
final class Answer {

    private static final int MOST_SILENT = 16;

    /** While tool calls or JSON grow, the parser runs once for this fraction of what it has to read again, so that long ones cost linear time. */
    private static final int REPARSE_FRACTION = 512;

    private final Parser parser;
    private final boolean structured;
    private final Vocabulary vocabulary;
    private final ThinkingCount thinking;
    private final StopFilter stops;
    private final Consumer<Chunk> output;
    private final Utf8Stream characters = new Utf8Stream();
    private final PendingLogprobs pending = new PendingLogprobs();
    private final TokenIds unsent = new TokenIds();
    private final StringBuilder unparsed = new StringBuilder();
    private int reread;
    private int tokens;
    private boolean calledTools;
    private boolean ended;

    /** The model's own parser. */
    interface Parser {
        List<LlamaChat.Change> parse(String text, boolean last);
    }

    /** What tokens say. */
    interface Vocabulary {
        /** What a token adds to this answer. */
        byte[] text(int token);

        /** Its bytes, also those of a control token. */
        byte[] bytes(int token);
    }

    /**
     * @param structured the parser reads all content again each time
     */
    Answer(
            Parser parser,
            boolean structured,
            Vocabulary vocabulary,
            ThinkingCount thinking,
            List<String> stops,
            Consumer<Chunk> output) {
        this.structured = structured;
        this.parser = parser;
        this.vocabulary = vocabulary;
        this.thinking = thinking;
        this.stops = new StopFilter(stops);
        this.output = output;
    }

    /**
     * @param logprobs they were asked for
     */
    void token(LlamaContext.Pick pick, boolean logprobs) {
        tokens++;
        unsent.add(pick.token());
        if (!pick.end()) {
            byte[] bytes = vocabulary.text(pick.token());
            if (logprobs) {
                pending.add(bytes, logprob(pick));
            }
            read(bytes);
        }
        if (unsent.count() >= MOST_SILENT) {
            emit("", "", List.of(), List.of());
        }
    }

    private void read(byte[] bytes) {
        String text = characters.next(bytes);
        thinking.token(text);
        unparsed.append(text);
        if (!unparsed.isEmpty() && unparsed.length() >= reread / REPARSE_FRACTION) {
            show(read(false), false);
        }
    }

    /** A stop text has come. */
    boolean stopped() {
        return stops.found();
    }

    /**
     * Shows what was held back; a second call does nothing.
     *
     * @param byModel the model ended the answer itself
     */
    void end(boolean byModel) {
        if (ended) {
            return;
        }
        ended = true;
        show(stops.found() ? List.of() : read(byModel), true);
    }

    /** Tokens generated, the end token included. */
    int tokens() {
        return tokens;
    }

    /** Those of them that are thinking. */
    int reasoningTokens() {
        return thinking.tokens();
    }

    boolean calledTools() {
        return calledTools;
    }

    private List<LlamaChat.Change> read(boolean last) {
        String text = unparsed.toString();
        unparsed.setLength(0);
        List<LlamaChat.Change> changes = parser.parse(text, last);
        if (calledTools || structured) {
            reread += text.length();
        }
        return changes;
    }

    private void show(List<LlamaChat.Change> changes, boolean end) {
        StringBuilder reasoning = new StringBuilder();
        StringBuilder content = new StringBuilder();
        List<ToolCallDelta> tools = new ArrayList<>();
        for (LlamaChat.Change change : changes) {
            Optional.ofNullable(change.reasoning()).ifPresent(reasoning::append);
            Optional.ofNullable(change.content()).map(stops::pass).ifPresent(content::append);
            Optional.ofNullable(change.tool()).map(Answer::delta).ifPresent(tools::add);
        }
        if (end) {
            content.append(stops.rest());
        }
        calledTools |= !tools.isEmpty();
        chunk(reasoning.toString(), content.toString(), tools, end);
    }

    private void chunk(String reasoning, String content, List<ToolCallDelta> tools, boolean end) {
        List<TokenLogprob> logprobs = new ArrayList<>();
        if (!reasoning.isEmpty()) {
            pending.take(reasoning, logprobs);
        }
        if (!content.isEmpty()) {
            pending.take(content, logprobs);
        }
        if (!tools.isEmpty()) {
            pending.takeAll(logprobs);
        }
        boolean shows = !reasoning.isEmpty() || !content.isEmpty() || !tools.isEmpty();
        if (shows || (end && unsent.count() > 0)) {
            emit(reasoning, content, tools, logprobs);
        }
    }

    private void emit(String reasoning, String content, List<ToolCallDelta> tools, List<TokenLogprob> logprobs) {
        output.accept(new Chunk(0, tokens, unsent.take(), content, reasoning, tools, logprobs));
    }

    private TokenLogprob logprob(LlamaContext.Pick pick) {
        List<TokenLogprob.Alternative> top = pick.top().stream()
                .map(other -> new TokenLogprob.Alternative(vocabulary.bytes(other.token()), other.logprob()))
                .toList();
        return new TokenLogprob(vocabulary.bytes(pick.token()), pick.logprob(), top);
    }

    private static ToolCallDelta delta(LlamaChat.Tool tool) {
        return new ToolCallDelta(tool.index(), tool.id(), tool.name(), tool.arguments());
    }
}
