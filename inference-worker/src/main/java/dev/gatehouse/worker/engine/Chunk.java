package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * A piece of an answer.
 *
 * @param choice index of the answer that it belongs to
 * @param at completion tokens generated so far, those of all choices; runs ahead of the ids while text is held back, and rises at least every 16 tokens
 * @param ids tokens whose text this chunk completes, and those without text before them
 * @param content text of the answer; empty if there is none
 * @param reasoning text of the thinking; empty if there is none
 * @param tools changes to tool calls
 * @param logprobs one for each token of {@code ids} whose text is in this chunk, if they were asked for
 */
public record Chunk(
        int choice,
        long at,
        int[] ids,
        String content,
        String reasoning,
        List<ToolCallDelta> tools,
        List<TokenLogprob> logprobs) {

    /** The same piece as one of a generation of several choices. */
    Chunk of(int index, long all) {
        return new Chunk(index, all, ids, content, reasoning, tools, logprobs);
    }
}
