package dev.gatehouse.worker.llama;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chat request: its prompt, its sampler and the parser of its answer. Used by one thread at a time. */
public final class LlamaChat implements AutoCloseable {

    private final Handle handle;
    private final Info info;

    /**
     * What the template made of a request.
     *
     * @param bytes of the prompt
     * @param longestRun bytes of its longest part that is all white space or has none
     * @param thinking the prompt ends inside the thinking
     * @param thinkingStart marker; empty if the model does not think
     * @param thinkingEnds markers
     * @param stops texts that end an answer of this template
     * @param preserved control tokens whose text is for the parser
     * @param structured the content must be JSON
     */
    public record Info(
            int bytes,
            int longestRun,
            boolean thinking,
            String thinkingStart,
            List<String> thinkingEnds,
            List<String> stops,
            int[] preserved,
            boolean structured) {}

    /** Something new in an answer; one of the three. */
    public record Change(
            @Nullable String reasoning,
            @Nullable String content,
            @Nullable Tool tool) {}

    /** A change to one tool call; id and name come with its first. */
    public record Tool(int index, String id, String name, String arguments) {}

    LlamaChat(long address) {
        this.handle = new Handle("chat", address, Natives::chatFree);
        this.info = handle.orClose(() -> LlamaLibrary.JSON.readValue(Natives.chatInfo(address), Info.class));
    }

    public Info info() {
        return info;
    }

    /** The prompt's; needs up to 384 bytes of the thread's stack for each byte of {@link Info#longestRun}. */
    public int[] tokens() {
        try (var lease = handle.lease()) {
            return Natives.chatTokens(lease.address());
        }
    }

    /**
     * Reads more of the answer.
     *
     * @param text whole characters
     * @param last nothing follows, and the model ended the answer itself
     */
    public List<Change> parse(String text, boolean last) {
        try (var lease = handle.lease()) {
            byte[] changes = Natives.chatParse(lease.address(), text.getBytes(StandardCharsets.UTF_8), last);
            return List.of(LlamaLibrary.JSON.readValue(changes, Change[].class));
        }
    }

    /**
     * Takes tokens for picked that were picked elsewhere; none of them ends an answer.
     *
     * @throws LlamaException {@code INVALID}: the request's grammar does not allow them
     */
    public void accept(int[] tokens) {
        try (var lease = handle.lease()) {
            Natives.chatAccept(lease.address(), tokens);
        }
    }

    Handle.Lease lease() {
        return handle.lease();
    }

    @Override
    public void close() {
        handle.close();
    }
}
