package dev.gatehouse.worker.kvstore;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Names a block: 256 bits of a SHA-256 chain, see {@link BlockKeys}. */
public record BlockKey(long first, long second, long third, long fourth) {

    static final int BYTES = 4 * Long.BYTES;

    static BlockKey of(byte[] digest) {
        ByteBuffer bits = ByteBuffer.wrap(digest);
        return new BlockKey(bits.getLong(), bits.getLong(), bits.getLong(), bits.getLong());
    }

    /** Empty unless it is 64 lower-case hex digits. */
    static Optional<BlockKey> parse(String hex) {
        return hex.matches("[0-9a-f]{64}") ? Optional.of(of(HexFormat.of().parseHex(hex))) : Optional.empty();
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** 64 lower-case digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
