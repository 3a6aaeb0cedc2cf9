package dev.gatehouse.worker.engine;

import java.util.List;
import java.util.OptionalInt;

/**
 * One chat request, parsed and checked.
 *
 * @param id the exchange's id, unique on this node
 * @param chat the OpenAI request body: messages, tools, tool_choice, response_format and chat_template_kwargs are read from it by the model's template
 * @param choices answers to generate, at least 1; they share the prompt
 * @param maxTokens the request's own bound of completion tokens of each choice
 * @param stop texts that end the answer and are not part of it
 * @param unthinking the template was told to leave the thinking out; an answer with it would not be what was asked for
 * @param cap completion tokens of all choices after which the sequence pauses until the cap is raised
 * @param caller for whom it runs
 */
public record GenerationRequest(
        String id,
        byte[] chat,
        Sampling sampling,
        int choices,
        OptionalInt maxTokens,
        List<String> stop,
        boolean unthinking,
        long cap,
        Caller caller) {

    /** By {@link Caller#ANYONE}. */
    public GenerationRequest(
            String id,
            byte[] chat,
            Sampling sampling,
            int choices,
            OptionalInt maxTokens,
            List<String> stop,
            boolean unthinking,
            long cap) {
        this(id, chat, sampling, choices, maxTokens, stop, unthinking, cap, Caller.ANYONE);
    }

    public GenerationRequest by(Caller other) {
        return new GenerationRequest(id, chat, sampling, choices, maxTokens, stop, unthinking, cap, other);
    }

    /** What one choice draws from. */
    Sampling sampling(int choice) {
        return sampling.withSeed(
                sampling.seed().stream().map(seed -> seed + choice).findFirst());
    }
}
