package dev.gatehouse.worker.kvstore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of one owner's blocks of one model: SHA-256 over the fingerprint, the salt, the key of the block before (zeros for the
 * first) and the block's tokens. So a key stands for all tokens up to its block's end.
 */
public final class BlockKeys {

    /** Tokens of a block. */
    public static final int TOKENS = 64;

    /** In place of the key before the first one. */
    public static final BlockKey NONE = new BlockKey(0, 0, 0, 0);

    private final byte[] prefix;

    public BlockKeys(Fingerprint model, BlockOwner owner) {
        this.prefix = ByteBuffer.allocate(BlockKey.BYTES + BlockOwner.SECRET_BYTES)
                .put(model.digest().bytes())
                .put(owner.salt())
                .array();
    }

    /** Of the whole blocks among the first {@code length} tokens. */
    public List<BlockKey> of(int[] tokens, int length) {
        List<BlockKey> keys = new ArrayList<>(length / TOKENS);
        BlockKey last = NONE;
        for (int from = 0; from + TOKENS <= length; from += TOKENS) {
            last = after(last, Arrays.copyOfRange(tokens, from, from + TOKENS));
            keys.add(last);
        }
        return keys;
    }

    /**
     * The key of the next block.
     *
     * @param previous the key before it
     * @param tokens of the block
     */
    public BlockKey after(BlockKey previous, int[] tokens) {
        ByteBuffer block = ByteBuffer.allocate(TOKENS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        block.asIntBuffer().put(tokens);
        MessageDigest sha256 = Sha256.fresh();
        sha256.update(prefix);
        sha256.update(previous.bytes());
        sha256.update(block);
        return BlockKey.of(sha256.digest());
    }
}
