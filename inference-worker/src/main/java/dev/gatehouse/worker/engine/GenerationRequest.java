package dev.gatehouse.worker.engine;

import java.util.List;
import java.util.OptionalInt;

/**
 * One chat request, parsed and checked.
 *
 * @param id the exchange's id, unique on this node
 * @param chat the OpenAI request body: messages, tools, tool_choice, response_format and chat_template_kwargs are read from it by the model's template
 * @param maxTokens the request's own bound of completion tokens
 * @param stop texts that end the answer and are not part of it
 * @param cap completion tokens after which the sequence pauses until the cap is raised
 */
public record GenerationRequest(
        String id, byte[] chat, Sampling sampling, OptionalInt maxTokens, List<String> stop, long cap) {}
