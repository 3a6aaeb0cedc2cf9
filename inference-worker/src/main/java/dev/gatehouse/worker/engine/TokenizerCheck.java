package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.gguf.GgufException;
import java.util.List;

/** What llama.cpp needs of a file's tokenizer, of any architecture: it ends the process when an array has elements of another type. */
final class TokenizerCheck {

    private static final int INT32 = 5;
    private static final int UINT32 = 4;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;

    private final Gguf head;

    private TokenizerCheck(Gguf head) {
        this.head = head;
    }

    static void check(Gguf head) throws GgufException {
        new TokenizerCheck(head).check();
    }

    private void check() throws GgufException {
        String model = head.text("tokenizer.ggml.model").orElseThrow(() -> missing("tokenizer.ggml.model"));
        long vocab = array("tokenizer.ggml.tokens", STRING).length();
        if (model.equals("gpt2") || head.metadata().containsKey("tokenizer.ggml.merges")) {
            array("tokenizer.ggml.merges", STRING);
        }
        perToken("tokenizer.ggml.token_type", vocab, INT32, UINT32);
        perToken("tokenizer.ggml.scores", vocab, FLOAT32);
        specials(vocab);
    }

    private void perToken(String key, long vocab, Integer... types) throws GgufException {
        if (head.metadata().containsKey(key)) {
            long length = array(key, types).length();
            if (length != vocab) {
                throw new GgufException(key + " has " + length + " entries for " + vocab + " tokens");
            }
        }
    }

    private void specials(long vocab) throws GgufException {
        for (String special : List.of("bos", "eos", "padding")) {
            String key = "tokenizer.ggml." + special + "_token_id";
            long token = head.whole(key).orElse(0L);
            if (token < 0 || token >= vocab) {
                throw new GgufException(key + " is " + token + ", and the tokens are 0 to " + (vocab - 1));
            }
        }
    }

    private Gguf.Many array(String key, Integer... types) throws GgufException {
        return head.many(key)
                .filter(many -> List.of(types).contains(many.type()))
                .orElseThrow(() -> missing(key));
    }

    private static GgufException missing(String key) {
        return new GgufException("metadata " + key + " is missing or has the wrong type");
    }
}
