package dev.gatehouse.bench.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Tokens, in OpenAI's shape. */
record Usage(
        @JsonProperty("prompt_tokens") int prompt,
        @JsonProperty("completion_tokens") int completion,
        @JsonProperty("total_tokens") int total,
        @JsonProperty("prompt_tokens_details") PromptDetails promptDetails,
        @JsonProperty("completion_tokens_details") CompletionDetails completionDetails) {

    record PromptDetails(@JsonProperty("cached_tokens") int cached) {}

    record CompletionDetails(
            @JsonProperty("reasoning_tokens") int reasoning) {}

    static Usage of(int prompt, int completion) {
        return new Usage(prompt, completion, prompt + completion, new PromptDetails(0), new CompletionDetails(0));
    }
}
