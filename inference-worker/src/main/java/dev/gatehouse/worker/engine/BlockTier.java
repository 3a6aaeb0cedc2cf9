package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.kvstore.BlockKeys;
import dev.gatehouse.worker.kvstore.Fingerprint;
import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.llama.LlamaLibrary;
import dev.gatehouse.worker.llama.LlamaModel;

/** The KV store as the engine of one model uses it. */
final class BlockTier {

    private final KvStore store;
    private final Fingerprint fingerprint;

    BlockTier(KvStore store, Fingerprint fingerprint) {
        this.store = store;
        this.fingerprint = fingerprint;
    }

    /** Of all that a state's bytes depend on besides its tokens. */
    static Fingerprint fingerprint(Model model, LlamaModel.Loading loading, LlamaLibrary library) {
        return Fingerprint.of(
                "blocks 1",
                model.sha256(),
                loading.kvType(),
                library.version(),
                library.devices().toString());
    }

    StoredPrompt prompt(Caller caller, int[] tokens) {
        return new StoredPrompt(store, caller.owner(), keys(caller).of(tokens, store.keeps() ? tokens.length - 1 : 0));
    }

    BlockSaver saver(Caller caller) {
        return new BlockSaver(store, caller.owner(), keys(caller));
    }

    private BlockKeys keys(Caller caller) {
        return new BlockKeys(fingerprint, caller.owner());
    }
}
