package dev.gatehouse.worker.kvstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockKeysTest {

    private static final Fingerprint MODEL = Fingerprint.of("weights", "f16");
    private static final BlockOwner OWNER = owner(1);
    private static final int[] TOKENS = IntStream.range(0, 200).toArray();

    private static BlockOwner owner(int salt) {
        byte[] secret = new byte[BlockOwner.SECRET_BYTES];
        Arrays.fill(secret, (byte) salt);
        return BlockOwner.of(secret, new byte[BlockOwner.SECRET_BYTES]);
    }

    private static List<BlockKey> keys(int... tokens) {
        return new BlockKeys(MODEL, OWNER).of(tokens, tokens.length);
    }

    @Test
    void onlyWholeBlocksHaveKeys() {
        assertThat(keys(TOKENS)).hasSize(3).doesNotHaveDuplicates();
        assertThat(new BlockKeys(MODEL, OWNER).of(TOKENS, 127))
                .isEqualTo(keys(TOKENS).subList(0, 1));
        assertThat(new BlockKeys(MODEL, OWNER).of(TOKENS, 63)).isEmpty();
    }

    @Test
    void aKeyStandsForAllTokensUpToItsBlocksEndAndForNoOthers() {
        for (int position : new int[] {0, 63, 64, 100, 191}) {
            int[] other = TOKENS.clone();
            other[position]++;
            int same = position / BlockKeys.TOKENS;
            assertThat(keys(other).subList(0, same)).isEqualTo(keys(TOKENS).subList(0, same));
            assertThat(keys(other).subList(same, 3)).doesNotContainAnyElementsOf(keys(TOKENS));
        }
        int[] later = TOKENS.clone();
        later[192]++;
        assertThat(keys(later)).isEqualTo(keys(TOKENS));
    }

    @Test
    void noModelAndNoOwnerMeetsAnother() {
        List<BlockKey> all = new ArrayList<>(keys(TOKENS));
        all.addAll(new BlockKeys(MODEL, owner(2)).of(TOKENS, TOKENS.length));
        all.addAll(new BlockKeys(MODEL, BlockOwner.ofThisProcess()).of(TOKENS, TOKENS.length));
        all.addAll(new BlockKeys(MODEL, BlockOwner.ofThisProcess()).of(TOKENS, TOKENS.length));
        all.addAll(new BlockKeys(Fingerprint.of("weights", "f32"), OWNER).of(TOKENS, TOKENS.length));
        all.addAll(new BlockKeys(Fingerprint.of("weight", "sf16"), OWNER).of(TOKENS, TOKENS.length));
        assertThat(all).hasSize(18).doesNotHaveDuplicates();
    }

    /** The expected value was computed by another implementation of SHA-256. */
    @Test
    void theChainIsTheOneThatFilesAreNamedBy() {
        assertThat(keys(TOKENS).get(1)).hasToString("94b79a6e39d32e7d7f1c70167bc68045f772c583ea27ffa6a0041ab7c015f431");
    }

    @Test
    void aKeyIsReadFromItsText() {
        BlockKey key = keys(TOKENS).getFirst();
        assertThat(BlockKey.parse(key.toString())).contains(key);
        assertThat(BlockKey.parse(key + "0")).isEmpty();
        assertThat(BlockKey.parse(key.toString().replaceFirst("^.", "G"))).isEmpty();
    }

    @Test
    void anOwnerDoesNotPrint() {
        assertThat(OWNER.toString()).doesNotContain("010101").contains("BlockOwner@");
    }
}
