package dev.gatehouse.worker.llama;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A loaded model. Thread-safe; contexts and chats made from it stay valid when it is closed before them. */
public final class LlamaModel implements AutoCloseable {

    private final Handle handle;
    private final Info info;
    private final Loading loading;

    /**
     * What the model file says.
     *
     * @param context longest sequence that the model was trained for, in tokens
     * @param vocab number of tokens
     * @param bytes size of the weights
     * @param longestPiece most bytes that a token stands for
     * @param end tokens that end an answer
     * @param rewinds any range of a sequence's positions can be shared or dropped: it is neither recurrent nor of sliding windows
     * @param experts of each layer that has any; 0 if none has
     */
    public record Info(
            String description,
            int context,
            int vocab,
            long parameters,
            long bytes,
            int longestPiece,
            int[] end,
            boolean rewinds,
            int layers,
            int experts) {}

    private LlamaModel(Handle handle, Info info, Loading loading) {
        this.handle = handle;
        this.info = info;
        this.loading = loading;
    }

    /**
     * How a model is held.
     *
     * @param gpuLayers layers on a GPU, if there is one; -1: all
     * @param expertsOnCpu first layers whose routed experts stay with the processor
     * @param loadMode {@code auto}, {@code none}, {@code mmap}, {@code mlock}, {@code mmap+mlock} or {@code dio}
     * @param kvType {@code f16}, {@code q8_0} or {@code q4_0}
     */
    public record Loading(int gpuLayers, int expertsOnCpu, String loadMode, String kvType) {

        /** As llama.cpp does it when nothing is said. */
        public static final Loading USUAL = new Loading(-1, 0, "auto", "f16");
    }

    /** With {@link Loading#USUAL}. */
    public static LlamaModel load(Path file, Progress progress) {
        return load(file, Loading.USUAL, progress);
    }

    /**
     * Reads a GGUF file, which must have been checked: the native side ends the process on some malformed ones.
     *
     * @throws LlamaException {@code ABORTED} if the progress said so, {@code MODEL} if the file can not be used
     */
    public static LlamaModel load(Path file, Loading loading, Progress progress) {
        long address = Natives.modelLoad(utf8(file.toString()), LlamaLibrary.JSON.writeValueAsBytes(loading), progress);
        Handle handle = new Handle("model", address, Natives::modelFree);
        Info info = handle.orClose(() -> LlamaLibrary.JSON.readValue(Natives.modelInfo(address), Info.class));
        return new LlamaModel(handle, info, loading);
    }

    public Info info() {
        return info;
    }

    /** How it is held. */
    public Loading loading() {
        return loading;
    }

    /**
     * @param addSpecial puts the model's own first token in front
     * @param parseSpecial reads the text of control tokens as these tokens
     */
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        try (var lease = handle.lease()) {
            return Natives.tokenize(lease.address(), utf8(text), addSpecial, parseSpecial);
        }
    }

    /**
     * The bytes of a token, which need not be whole characters.
     *
     * @param special also those of a control token, which otherwise has none
     */
    public byte[] piece(int token, boolean special) {
        try (var lease = handle.lease()) {
            return Natives.piece(lease.address(), token, special);
        }
    }

    /**
     * Applies the model's chat template.
     *
     * @param body an OpenAI chat completion request, JSON
     * @throws LlamaException {@code INVALID}: the template does not take these messages, tools or formats
     */
    public LlamaChat chat(byte[] body, LlamaSampling sampling) {
        try (var lease = handle.lease()) {
            return new LlamaChat(Natives.chatNew(lease.address(), body, sampling.json()));
        }
    }

    /**
     * Makes a context; the calling thread owns it.
     *
     * @param slots sequences that compute at a time
     * @param sequences that may have cells, from the slots on; at most {@link LlamaContext#MOST_SEQUENCES}
     * @param kvTokens tokens in the KV cache, over all sequences
     * @param rows most rows of one step
     * @param threads of the native pool, the calling one included
     * @param expertsEvery counts the picked experts in each so many-th step, from the first one on; 0: never
     */
    public LlamaContext context(int slots, int sequences, int kvTokens, int rows, int threads, int expertsEvery) {
        try (var lease = handle.lease()) {
            long address = Natives.contextNew(lease.address(), slots, sequences, kvTokens, rows, threads, expertsEvery);
            int counters = expertsEvery == 0 ? 0 : info.layers() * info.experts();
            return new LlamaContext(address, slots, rows, counters);
        }
    }

    /** Makes a context that counts no experts. */
    LlamaContext context(int slots, int sequences, int kvTokens, int rows, int threads) {
        return context(slots, sequences, kvTokens, rows, threads, 0);
    }

    @Override
    public void close() {
        handle.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
