package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One answer of a generation: its sequence, the chat that picks and reads its tokens, and what was made of them. */
final class LlamaChoice {

    private final LlamaGeneration generation;
    private final int index;
    private final LlamaChat chat;
    private final Sequence sequence;
    private final Answer answer;
    private final BlockSaver saver;
    private final int bound;
    private final boolean logprobs;

    /**
     * @param bound completion tokens that the request and the context allow
     * @param logprobs they were asked for
     */
    LlamaChoice(
            LlamaGeneration generation,
            int index,
            LlamaChat chat,
            Sequence sequence,
            Answer answer,
            BlockSaver saver,
            int bound,
            boolean logprobs) {
        this.generation = generation;
        this.index = index;
        this.chat = chat;
        this.sequence = sequence;
        this.answer = answer;
        this.saver = saver;
        this.bound = bound;
        this.logprobs = logprobs;
    }

    LlamaGeneration generation() {
        return generation;
    }

    int index() {
        return index;
    }

    LlamaChat chat() {
        return chat;
    }

    Sequence sequence() {
        return sequence;
    }

    BlockSaver saver() {
        return saver;
    }

    int tokens() {
        return answer.tokens();
    }

    int reasoningTokens() {
        return answer.reasoningTokens();
    }

    /** Reads the next token; how the choice ends, if it does with this one. */
    Optional<FinishReason> picked(LlamaContext.Pick pick) {
        if (pick.token() == LlamaContext.NO_TOKEN) {
            throw new IllegalStateException("its sampler failed");
        }
        return read(pick, logprobs);
    }

    /**
     * Reads tokens that another node has picked; how the choice has ended, if it has with the last of them.
     *
     * @param ends tokens that end an answer
     * @throws dev.gatehouse.worker.llama.LlamaException {@code INVALID}: the request's grammar does not allow them
     */
    Optional<FinishReason> replay(int[] ids, Set<Integer> ends) {
        chat.accept(Arrays.stream(ids).filter(id -> !ends.contains(id)).toArray());
        Optional<FinishReason> end = Optional.empty();
        for (int i = 0; i < ids.length && end.isEmpty(); i++) {
            end = read(new LlamaContext.Pick(Sequence.NO_SLOT, ids[i], ends.contains(ids[i]), 0, List.of()), false);
        }
        return end;
    }

    private Optional<FinishReason> read(LlamaContext.Pick pick, boolean withLogprobs) {
        sequence.append(pick.token());
        answer.token(pick, withLogprobs);
        if (pick.end()) {
            answer.end(true);
            return Optional.of(answer.calledTools() ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        }
        if (answer.stopped()) {
            return Optional.of(FinishReason.STOP);
        }
        return answer.tokens() >= bound ? Optional.of(FinishReason.LENGTH) : Optional.empty();
    }

    /** Shows what was held back. */
    void end() {
        answer.end(false);
    }

    void close() {
        chat.close();
    }
}
