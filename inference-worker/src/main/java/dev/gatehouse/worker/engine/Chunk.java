package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * A piece of an answer.
 *
 * @param at completion tokens so far, this chunk included
 * @param ids tokens that this chunk adds
 * @param content text of the answer; empty if there is none
 * @param reasoning text of the thinking; empty if there is none
 * @param tools changes to tool calls
 * @param logprobs one for each token of {@code ids} whose text is in this chunk, if they were asked for
 */
public record Chunk(
        long at, int[] ids, String content, String reasoning, List<ToolCallDelta> tools, List<TokenLogprob> logprobs) {}
