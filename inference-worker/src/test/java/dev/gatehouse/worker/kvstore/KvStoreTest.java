package dev.gatehouse.worker.kvstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KvStoreTest {

    private static final int SIZE = 1000;
    private static final int FILE = SIZE + SealedBlock.OVERHEAD;
    private static final BlockOwner OWNER = owner(1, 2);
    private static final List<BlockKey> KEYS = keys(OWNER);

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong();
    private KvStore store = KvStore.none();

    private static BlockOwner owner(int salt, int key) {
        return BlockOwner.of(filled(salt), filled(key));
    }

    private static byte[] filled(int with) {
        byte[] secret = new byte[BlockOwner.SECRET_BYTES];
        Arrays.fill(secret, (byte) with);
        return secret;
    }

    private static List<BlockKey> keys(BlockOwner owner) {
        return new BlockKeys(Fingerprint.of("model"), owner)
                .of(IntStream.range(0, 640).toArray(), 640);
    }

    private void open(int blocksInMemory, int blocksOnDisk) {
        store.close();
        store = KvStore.open(
                blocksInMemory * (long) SIZE,
                Optional.of(new KvStore.Place(directory, blocksOnDisk * (long) FILE)),
                now::get);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Block {@code index} is all that number. */
    private void put(BlockOwner owner, int... indexes) {
        for (int index : indexes) {
            store.put(owner, keys(owner).get(index), SIZE, into -> {
                while (into.hasRemaining()) {
                    into.put((byte) index);
                }
            });
        }
    }

    private void putOnDisk(int... indexes) {
        long before = store.statistics().written();
        put(OWNER, indexes);
        await(() -> store.statistics().written() == before + indexes.length);
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.yield();
        }
    }

    /** How many of the first ones are found, and that they are what was put. */
    private int found(BlockOwner owner) {
        return found(owner, keys(owner));
    }

    private int found(BlockOwner owner, List<BlockKey> keys) {
        try (Prefix prefix = store.fetch(owner, keys)) {
            for (int i = 0; i < prefix.blocks(); i++) {
                int index = KEYS.indexOf(keys.get(i));
                ByteBuffer block = prefix.block(i);
                assertThat(block.remaining()).isEqualTo(SIZE);
                while (index >= 0 && block.hasRemaining()) {
                    assertThat(block.get()).isEqualTo((byte) index);
                }
            }
            return prefix.blocks();
        }
    }

    private boolean here(int index) {
        return found(OWNER, KEYS.subList(index, index + 1)) == 1;
    }

    private Path file(int index) {
        String name = KEYS.get(index).toString();
        return directory.resolve(name.substring(0, 2)).resolve(name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatWasPutIsFoundUpToTheFirstThatWasNot() throws IOException {
        open(10, 10);
        put(OWNER, 0, 1, 3);
        assertThat(found(OWNER)).isEqualTo(2);
        assertThat(store.contains(KEYS.get(3))).isTrue();
        assertThat(store.contains(KEYS.get(2))).isFalse();
    }

    @Test
    void blocksOnDiskSurviveARestart() throws IOException {
        open(10, 10);
        putOnDisk(0, 1, 2);
        open(10, 10);
        assertThat(store.statistics().memoryBytes()).isZero();
        assertThat(store.contains(KEYS.get(2))).isTrue();
        assertThat(found(OWNER)).isEqualTo(3);
        assertThat(found(OWNER)).isEqualTo(3);
        assertThat(store.statistics().fromDisk()).isEqualTo(3);
        assertThat(store.statistics().fromMemory()).isEqualTo(3);
        assertThat(store.statistics().diskBytes()).isEqualTo(3 * FILE);
    }

    @Test
    void aStoreThatIsClosedHasWrittenWhatItWasGiven() throws IOException {
        open(10, 10);
        put(OWNER, 0, 1, 2, 3, 4);
        open(10, 10);
        assertThat(found(OWNER)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 16, 17, 500, SIZE + 16, SIZE + 17, FILE - 1})
    void aFlippedBitAnywhereIsAMissAndTheFileIsGone(int at) throws IOException {
        open(10, 10);
        putOnDisk(0, 1, 2);
        byte[] bytes = Files.readAllBytes(file(1));
        bytes[at] ^= 0x10;
        Files.write(file(1), bytes);
        open(10, 10);
        assertThat(found(OWNER)).isOne();
        assertThat(store.statistics().corrupt()).isOne();
        assertThat(file(1)).doesNotExist();
        assertThat(store.contains(KEYS.get(1))).isFalse();
        assertThat(store.statistics().diskBytes()).isEqualTo(2 * FILE);
        assertThat(here(2)).isTrue();
        assertThat(store.statistics().memoryBytes()).isEqualTo(2 * SIZE);
    }

    @Test
    void aFileThatIsCutOrLongerOrOfAnotherBlockIsAMiss() throws IOException {
        open(10, 10);
        putOnDisk(0, 1, 2, 3);
        Files.write(file(0), Arrays.copyOf(Files.readAllBytes(file(0)), FILE - 1));
        Files.write(file(1), Arrays.copyOf(Files.readAllBytes(file(1)), FILE + 1));
        Files.write(file(2), Files.readAllBytes(file(3)));
        open(10, 10);
        assertThat(List.of(here(0), here(1), here(2), here(3))).containsExactly(false, false, false, true);
        assertThat(store.statistics().corrupt()).isEqualTo(3);
    }

    @Test
    void aFileThatShrinksOrGoesWhileTheStoreIsOpenIsAMiss() throws IOException {
        open(1, 10);
        putOnDisk(0);
        putOnDisk(1);
        putOnDisk(2);
        Files.write(file(0), new byte[7]);
        Files.delete(file(1));
        assertThat(List.of(here(0), here(1), here(2))).containsExactly(false, false, true);
        assertThat(store.statistics().corrupt()).isOne();
        assertThat(store.statistics().diskBlocks()).isOne();
    }

    @Test
    void anotherOwnerFindsNothing() throws IOException {
        open(10, 10);
        putOnDisk(0, 1);
        assertThat(found(owner(3, 2))).isZero();
        open(10, 10);
        assertThat(found(owner(3, 2))).isZero();
        assertThat(found(owner(1, 4), KEYS)).isZero();
        assertThat(found(OWNER)).isZero();
    }

    @Test
    void nothingOfAnOwnerWithoutAKeyAndNothingUnsealedComesToTheDisk() throws IOException {
        open(10, 10);
        BlockOwner keyless = BlockOwner.ofThisProcess();
        put(keyless, 0, 1);
        assertThat(found(keyless)).isEqualTo(2);
        putOnDisk(7);
        assertThat(files()).containsExactly(file(7));
        assertThat(Files.readAllBytes(file(7))).hasSize(FILE);
        assertThat(Files.readString(file(7), StandardCharsets.ISO_8859_1)).doesNotContain("\7".repeat(8));
        open(10, 10);
        assertThat(found(keyless)).isZero();
    }

    @Test
    void theBlockThatWasUsedTheLongestTimeAgoLeavesMemoryFirst() throws IOException {
        store = KvStore.open(3 * SIZE, Optional.empty());
        put(OWNER, 0, 1, 2);
        assertThat(here(0)).isTrue();
        put(OWNER, 3);
        assertThat(List.of(here(0), here(1), here(2), here(3))).containsExactly(true, false, true, true);
        assertThat(store.statistics().memoryBytes()).isEqualTo(3 * SIZE);
    }

    @Test
    void whatIsInUseStaysInMemoryAndNothingElseComesBeyondTheBound() throws IOException {
        store = KvStore.open(3 * SIZE, Optional.empty());
        put(OWNER, 0, 1, 2);
        try (Prefix all = store.fetch(OWNER, KEYS)) {
            put(OWNER, 3);
            assertThat(here(3)).isFalse();
            assertThat(store.statistics().dropped()).isOne();
            assertThat(all.block(0).get(5)).isEqualTo((byte) 0);
            assertThat(all.block(2).get(5)).isEqualTo((byte) 2);
            assertThat(store.statistics().memoryBytes()).isEqualTo(3 * SIZE);
        }
        put(OWNER, 3);
        assertThat(here(3)).isTrue();
        assertThat(store.statistics().memoryBytes()).isEqualTo(3 * SIZE);
    }

    @Test
    void aFetchTakesNoMoreThanMemoryHolds() throws IOException {
        open(10, 10);
        putOnDisk(0, 1, 2, 3, 4, 5);
        open(4, 10);
        assertThat(found(OWNER)).isEqualTo(4);
        assertThat(store.statistics().memoryBytes()).isEqualTo(4 * SIZE);
    }

    @Test
    void theBlockThatWasUsedTheLongestTimeAgoLeavesTheDiskFirst() throws IOException {
        open(1, 3);
        putOnDisk(0);
        putOnDisk(1);
        putOnDisk(2);
        assertThat(here(0)).isTrue();
        putOnDisk(3);
        assertThat(files()).containsExactlyInAnyOrder(file(0), file(2), file(3));
        assertThat(store.statistics().diskBytes()).isEqualTo(3 * FILE);
    }

    @Test
    void recencySurvivesARestartAndASmallerBoundHoldsAtOnce() throws IOException {
        open(10, 10);
        putOnDisk(0, 1, 2, 3);
        for (int index = 0; index < 4; index++) {
            Files.setLastModifiedTime(file(index), FileTime.from(Instant.ofEpochSecond(1_000 + index)));
        }
        open(10, 10);
        assertThat(here(0)).isTrue();
        open(10, 2);
        assertThat(files()).containsExactlyInAnyOrder(file(0), file(3));
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsRemoved() throws IOException {
        open(10, 10);
        putOnDisk(0);
        Path unfinished = file(0).resolveSibling(KEYS.get(1) + ".tmp");
        Files.write(unfinished, new byte[10]);
        Path foreign = Files.write(directory.resolve("note.txt"), new byte[10]);
        open(10, 10);
        assertThat(files()).containsExactlyInAnyOrder(file(0), foreign);
        assertThat(store.statistics().diskBlocks()).isOne();
    }

    @Test
    void aFailingDiskIsLeftAloneForAMinuteAndNobodyNotices() throws IOException {
        open(10, 10);
        putOnDisk(0);
        Path inTheWay = Files.write(file(1).getParent(), new byte[0]);
        put(OWNER, 1);
        await(() -> store.statistics().diskFailing());
        assertThat(store.statistics().failed()).isOne();
        assertThat(found(OWNER)).isEqualTo(2);
        Files.delete(inTheWay);
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(store.statistics().diskFailing()).isFalse();
        putOnDisk(1);
        open(10, 10);
        assertThat(found(OWNER)).isEqualTo(2);
    }

    @Test
    void aDirectoryThatCanNotBeUsedIsNamed() throws IOException {
        Path inTheWay = Files.write(directory.resolve("file"), new byte[0]);
        assertThatThrownBy(() -> KvStore.open(SIZE, Optional.of(new KvStore.Place(inTheWay, FILE))))
                .isInstanceOf(KvStoreException.class)
                .hasMessageContaining(inTheWay.toString());
    }

    @Test
    void aBlockThatIsLargerThanMemoryIsDroppedAndCounted() throws IOException {
        store = KvStore.open(SIZE / 2, Optional.empty());
        put(OWNER, 0);
        assertThat(store.statistics().dropped()).isOne();
        assertThat(found(OWNER)).isZero();
        assertThat(store.statistics().missed()).isOne();
    }
}
