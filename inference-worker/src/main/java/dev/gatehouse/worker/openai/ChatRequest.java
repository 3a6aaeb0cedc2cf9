package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.GenerationRequest;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A chat completion request that was read and checked.
 *
 * @param body as it came
 * @param stream whether the answer is to be streamed
 * @param streamUsage whether the stream is to end with the usage
 * @param choices 1 to 8
 * @param unthinking the answer is to come without thinking
 */
public record ChatRequest(
        byte[] body,
        boolean stream,
        boolean streamUsage,
        Sampling sampling,
        int choices,
        OptionalInt maxTokens,
        List<String> stop,
        boolean unthinking) {

    private static final int MOST_TOKENS = Integer.MAX_VALUE;
    private static final int MOST_STOPS = 4;
    private static final int MOST_CHOICES = 8;

    /**
     * Reads and checks a request for a model. Members that are not known are left alone.
     *
     * @throws ApiException 400 or 404; its text says what to change
     */
    public static ChatRequest read(byte[] body, Model model) throws ApiException {
        Member root = new Member("", Json.object(body));
        requireModel(root.at("model"), model);
        Unsupported.check(root);
        MessageRules.check(root.at("messages"));
        ToolRules.check(root);
        boolean stream = root.at("stream").bool(false);
        return new ChatRequest(
                body,
                stream,
                streamUsage(root, stream),
                SamplingRules.read(root, model),
                choices(root.at("n")),
                maxTokens(root),
                stop(root),
                ThinkingRules.unthinking(root));
    }

    /** @param cap completion tokens after which it pauses */
    public GenerationRequest toGeneration(String id, long cap) {
        return new GenerationRequest(id, body, sampling, choices, maxTokens, stop, unthinking, cap);
    }

    private static void requireModel(Member name, Model model) throws ApiException {
        if (!name.string().equals(model.id())) {
            throw new ApiException(ApiError.caller(
                    404, "model_not_found", "model", "This node serves the model " + model.id() + " and no other."));
        }
    }

    private static boolean streamUsage(Member root, boolean stream) throws ApiException {
        Member options = root.at("stream_options");
        if (options.absent()) {
            return false;
        }
        return options.object().at("include_usage").bool(false) && stream;
    }

    private static int choices(Member n) throws ApiException {
        int choices = n.integer(1, Integer.MAX_VALUE).orElse(1);
        if (choices > MOST_CHOICES) {
            throw n.wrong("unsupported_value", "must be at most " + MOST_CHOICES + ". Send several requests");
        }
        return choices;
    }

    private static OptionalInt maxTokens(Member root) throws ApiException {
        OptionalInt current = root.at("max_completion_tokens").integer(1, MOST_TOKENS);
        OptionalInt old = root.at("max_tokens").integer(1, MOST_TOKENS);
        if (current.isPresent() && old.isPresent() && current.getAsInt() != old.getAsInt()) {
            throw root.at("max_tokens").wrong("invalid_value", "differs from max_completion_tokens. Send one of them");
        }
        return current.isPresent() ? current : old;
    }

    private static List<String> stop(Member root) throws ApiException {
        Member stop = root.at("stop");
        if (stop.absent()) {
            return List.of();
        }
        List<Member> texts = stop.isString() ? List.of(stop) : stop.elements();
        if (texts.size() > MOST_STOPS) {
            throw stop.wrong("invalid_value", "may have at most " + MOST_STOPS + " texts");
        }
        List<String> stops = new ArrayList<>();
        for (Member text : texts) {
            if (text.string().isEmpty()) {
                throw text.wrong("invalid_value", "must not be empty");
            }
            stops.add(text.string());
        }
        return List.copyOf(stops);
    }
}
