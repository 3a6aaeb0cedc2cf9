package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.kvstore.BlockKey;
import dev.gatehouse.worker.kvstore.BlockKeys;
import dev.gatehouse.worker.kvstore.BlockOwner;
import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.llama.LlamaContext;

/** Puts the blocks of one sequence into the KV store as soon as they are computed. */
final class BlockSaver {

    private final KvStore store;
    private final BlockOwner owner;
    private final BlockKeys keys;
    private BlockKey last = BlockKeys.NONE;
    private int named;

    BlockSaver(KvStore store, BlockOwner owner, BlockKeys keys) {
        this.store = store;
        this.owner = owner;
        this.keys = keys;
    }

    /** The sequence has computed more; what it found computed was saved then. */
    void computed(Sequence sequence, LlamaContext context) {
        int blocks = store.keeps() ? sequence.computed() / BlockKeys.TOKENS : 0;
        for (; named < blocks; named++) {
            int from = named * BlockKeys.TOKENS;
            last = keys.after(last, sequence.tokens(from, from + BlockKeys.TOKENS));
            if (from + BlockKeys.TOKENS > sequence.cached() && !store.contains(last)) {
                save(last, sequence.slot(), from, context);
            }
        }
    }

    private void save(BlockKey key, int slot, int from, LlamaContext context) {
        int to = from + BlockKeys.TOKENS;
        int bytes = Math.toIntExact(context.stateBytes(slot, from, to));
        store.put(owner, key, bytes, into -> context.save(slot, from, to, into));
    }
}
