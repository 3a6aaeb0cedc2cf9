package dev.gatehouse.bench.node;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of an answer's frames. A frame is a head, made once an exchange because it holds the id, and a tail that
 * depends only on which tokens it carries and is kept for the next exchange.
 */
final class Frames {

    static final byte[] DONE = utf8("data: [DONE]\n\n");

    private static final int KEPT = 10_000;
    private static final long CREATED = 1_795_500_000L;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] WORDS = ("the a of gate house quiet river stone under every small light window "
                    + "morning letter between answer careful garden open north simple paper always")
            .split(" ");

    private final boolean node;
    private final ConcurrentHashMap<Long, byte[]> tails = new ConcurrentHashMap<>();

    private Frames(boolean node) {
        this.node = node;
    }

    /** Frames of the node protocol: the last member of each is {@code gh}. */
    static Frames forGateways() {
        return new Frames(true);
    }

    /** Frames of a plain chat completion stream. */
    static Frames plain() {
        return new Frames(false);
    }

    /** The text of {@code count} tokens, the first of which is token number {@code from} of the answer. */
    static String text(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> " " + WORDS[i % WORDS.length])
                .collect(Collectors.joining());
    }

    byte[] head(String completionId, String model) {
        return utf8("data: {\"id\":\"" + completionId + "\",\"object\":\"chat.completion.chunk\",\"created\":" + CREATED
                + ",\"model\":" + JSON.writeValueAsString(model));
    }

    byte[] tokens(int from, int count) {
        long key = (long) from << 32 | count;
        byte[] kept = tails.get(key);
        return kept != null ? kept : keep(key, renderTokens(from, count));
    }

    byte[] finish(Reason reason, int at) {
        return utf8(choice("{}", "\"" + reason.wire() + "\"") + close(at, "[]", ""));
    }

    byte[] usage(Usage usage, Meters meters) {
        String counted = ",\"choices\":[],\"usage\":" + JSON.writeValueAsString(usage);
        return utf8(counted + close(usage.completion(), "[]", ",\"meters\":" + JSON.writeValueAsString(meters)));
    }

    /** A whole answer that is not streamed, in OpenAI's shape. */
    static byte[] completion(String completionId, ChatRequest request) {
        String text = JSON.writeValueAsString(text(0, request.tokens()));
        Usage usage = Usage.of(request.promptTokens(), request.tokens());
        return utf8("{\"id\":\"" + completionId + "\",\"object\":\"chat.completion\",\"created\":" + CREATED
                + ",\"model\":" + JSON.writeValueAsString(request.model())
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + text
                + "},\"logprobs\":null,\"finish_reason\":\""
                + request.naturalEnd().wire()
                + "\"}],\"usage\":" + JSON.writeValueAsString(usage) + "}");
    }

    private byte[] keep(long key, byte[] tail) {
        if (tails.size() < KEPT) {
            tails.put(key, tail);
        }
        return tail;
    }

    private byte[] renderTokens(int from, int count) {
        String role = from == 0 ? "\"role\":\"assistant\"," : "";
        String delta = "{" + role + "\"content\":" + JSON.writeValueAsString(text(from, count)) + "}";
        String ids = IntStream.range(from, from + count)
                .mapToObj(i -> String.valueOf(3 + i % WORDS.length))
                .collect(Collectors.joining(",", "[", "]"));
        return utf8(choice(delta, "null") + close(from + count, ids, ""));
    }

    private static String choice(String delta, String finishReason) {
        return ",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason
                + "}]";
    }

    private String close(int at, String ids, String meters) {
        return node ? ",\"gh\":{\"at\":" + at + ",\"ids\":" + ids + meters + "}}\n\n" : "}\n\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
