package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the llama engine will not run, in words for the caller. */
final class Refusals {

    private static final int LONGEST_REASON = 300;

    private Refusals() {}

    static void check(GenerationRequest request, int vocab) throws RefusedException {
        if (request.cap() < 1) {
            throw caller("invalid_value", "cap", "cap must be at least 1.");
        }
        if (request.maxTokens().orElse(1) < 1) {
            throw caller("invalid_value", "max_tokens", "max_tokens must be at least 1.");
        }
        for (int token : request.sampling().logitBias().keySet()) {
            if (token < 0 || token >= vocab) {
                String text = "logit_bias names token " + token + "; this model's tokens are 0 to " + (vocab - 1) + ".";
                throw caller("invalid_value", "logit_bias", text);
            }
        }
    }

    /** @param places sequences that run or wait at most */
    static void checkChoices(int choices, int places) throws RefusedException {
        if (choices > places) {
            String text = "n must be at most " + places + ": this node has no room for more answers at a time.";
            throw caller("unsupported_value", "n", text);
        }
    }

    static void checkThinking(LlamaChat.Info prompt, boolean unthinking) throws RefusedException {
        if (unthinking && prompt.thinking()) {
            String text = "reasoning_effort can not be none or minimal: this model always thinks. Remove it.";
            throw caller("unsupported_value", "reasoning_effort", text);
        }
    }

    /** Before the prompt is tokenised: what can not fit however it is cut, or would need too much stack. */
    static void checkText(LlamaChat.Info prompt, int context, int longestPiece) throws RefusedException {
        if (prompt.bytes() > (long) context * longestPiece) {
            String text = "This model's context is " + context + " tokens of at most " + longestPiece
                    + " bytes, and the prompt has " + prompt.bytes() + " bytes. Shorten the messages.";
            throw caller("context_length_exceeded", "messages", text);
        }
        if (prompt.longestRun() > NativeStack.LONGEST_RUN) {
            String text = "The messages have " + prompt.longestRun()
                    + " bytes in a row that are all white space or have none; " + NativeStack.LONGEST_RUN
                    + " are the most. Break the text.";
            throw caller("invalid_value", "messages", text);
        }
    }

    static void checkPrompt(int prompt, int context) throws RefusedException {
        if (prompt + 1 > context) {
            String text = "This model's context is " + context + " tokens and the prompt has " + prompt
                    + ", which leaves no room for an answer. Shorten the messages.";
            throw caller("context_length_exceeded", "messages", text);
        }
    }

    /** @param bound completion tokens that the request and the context allow */
    static void checkBegun(GenerationRequest request, int vocab, int bound) throws RefusedException {
        int[] ids = request.begun().ids();
        if (Arrays.stream(ids).anyMatch(id -> id < 0 || id >= vocab)) {
            throw caller("invalid_value", "gh.ids", "gh.ids must be tokens of this model, 0 to " + (vocab - 1) + ".");
        }
        if (ids.length > bound) {
            String text = "gh.ids has " + ids.length + " tokens, and the answer can have " + bound + ".";
            throw caller("invalid_value", "gh.ids", text);
        }
    }

    static RefusedException notSuchABeginning() {
        return caller(
                "invalid_value",
                "gh.ids",
                "gh.ids is no beginning of an answer to this request that shows gh.characters characters.");
    }

    /** The template or the sampler did not take the request; any other failure is not the caller's and is thrown. */
    static RefusedException of(LlamaException e) {
        if (e.code() != LlamaException.Code.INVALID) {
            throw e;
        }
        String reason = Objects.requireNonNullElse(e.getMessage(), "").replaceFirst("^\\[json\\.exception[^]]*] ", "");
        String line =
                reason.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(Collectors.joining(" "));
        String shown = line.substring(0, Math.min(line.length(), LONGEST_REASON));
        return caller("invalid_value", named(line), "This model can not take the request: " + shown);
    }

    /** The member that the reason is about, if it says so. */
    private static String named(String reason) {
        return Stream.of("tool_choice", "response_format", "tools", "messages")
                .filter(reason::contains)
                .findFirst()
                .orElse("");
    }

    static <T> T unwrap(CompletableFuture<T> done) throws RefusedException {
        try {
            return done.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RefusedException refused -> throw refused;
                case RuntimeException fault -> throw fault;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private static RefusedException caller(String code, String param, String text) {
        return new RefusedException(RefusedException.Kind.CALLER, code, param, text);
    }
}
