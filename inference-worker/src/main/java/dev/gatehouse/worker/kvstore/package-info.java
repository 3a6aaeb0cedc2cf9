/**
 * Blocks of KV cache outside of the model's context: in memory, and sealed on disk, where they survive a restart. Knows nothing of
 * models: a block is bytes under a key that stands for the model, the tenant and all tokens up to the block's end.
 */
@NullMarked
package dev.gatehouse.worker.kvstore;

import org.jspecify.annotations.NullMarked;
