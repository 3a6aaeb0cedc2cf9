package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.model.RandomModel;
import dev.gatehouse.worker.kvstore.BlockOwner;
import dev.gatehouse.worker.kvstore.KvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prompt of 1,500 tokens costs an engine that is opened again. */
class StoredPromptTest {

    private static final long MEMORY = 64 << 20;

    /** Of an answer; the generated model's. */
    private static final int END = 1;

    private static final Caller TENANT = caller(1);

    @TempDir
    private static Path models;

    @TempDir
    private Path directory;

    private static Path model;
    private KvStore store = KvStore.none();
    private Optional<LlamaEngine> engine = Optional.empty();

    @BeforeAll
    static void write() throws IOException {
        model = RandomModel.write(models.resolve("random-moe.gguf"), 1);
    }

    @BeforeEach
    void open() throws EngineStartException {
        open(MEMORY);
    }

    private void open(long memory) throws EngineStartException {
        close();
        store = KvStore.open(memory, Optional.of(new KvStore.Place(directory, 1 << 30)));
        engine = Optional.of(LlamaEngine.open(BundledModel.options(model, 8, 8), store, done -> true));
    }

    @AfterEach
    void close() {
        engine.ifPresent(LlamaEngine::close);
        engine = Optional.empty();
        store.close();
    }

    private static Caller caller(int secret) {
        byte[] bytes = new byte[BlockOwner.SECRET_BYTES];
        Arrays.fill(bytes, (byte) secret);
        BlockOwner owner = BlockOwner.of(bytes, bytes);
        return new Caller(owner.name(), 1, Priority.INTERACTIVE, Optional.empty(), owner);
    }

    private static Ask prompt(String question) {
        return Ask.user("The lamp of the tower is lit at dusk. ".repeat(79) + question)
                .drawn(0, 1)
                .max(24);
    }

    private Collected run(Caller caller, Ask ask) throws RefusedException {
        Collected output = new Collected();
        engine.orElseThrow().submit(ask.request().by(caller), output);
        output.awaitEnd();
        return output;
    }

    private Collected run(Ask ask) throws RefusedException {
        return run(TENANT, ask);
    }

    private static Usage usage(Collected answer) {
        return answer.awaitEnd().usage();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void anEngineThatIsOpenedAgainComputesLittleOfItAndAnswersTheSame() throws Exception {
        Collected cold = run(prompt("Who lights it?"));
        assertThat(usage(cold).prompt()).isBetween(1_500, 1_530);
        assertThat(usage(cold).cached()).isZero();

        open(MEMORY);
        Collected warm = run(prompt("Who lights it?"));

        assertThat(usage(warm).cached())
                .isEqualTo((usage(cold).prompt() - 1) / 64 * 64)
                .isGreaterThanOrEqualTo(1_400);
        assertThat(warm.ids()).isEqualTo(cold.ids());
        assertThat(store.statistics().fromDisk()).isEqualTo(usage(warm).cached() / 64);
        assertThat(store.statistics().corrupt()).isZero();
    }

    @Test
    void anotherQuestionSharesTheBlocksBeforeIt() throws Exception {
        Collected first = run(prompt("Who lights it?"));
        Collected cold = run(caller(2), prompt("Who puts it out?"));
        assertThat(usage(cold).cached()).isZero();

        open(MEMORY);
        Collected warm = run(prompt("Who puts it out?"));

        assertThat(usage(warm).cached()).isGreaterThan(usage(first).prompt() - 160);
        assertThat(warm.ids()).isEqualTo(cold.ids());
    }

    @Test
    void theBlocksOfAnAnswerAreStoredToo() throws Exception {
        Usage used =
                usage(run(prompt("Who lights it?").biased(Map.of(END, -100f)).max(200)));
        assertThat(used.completion()).isGreaterThan(128);
        assertThat(store.statistics().memoryBlocks()).isEqualTo((used.prompt() + used.completion() - 1) / 64);
    }

    @Test
    void aFlippedByteCostsTheBlocksFromThereOnAndNotTheAnswer() throws Exception {
        Collected cold = run(prompt("Who lights it?"));
        close();
        Path one = files().get(10);
        byte[] bytes = Files.readAllBytes(one);
        bytes[bytes.length / 2] ^= 1;
        Files.write(one, bytes);

        open(MEMORY);
        Collected warm = run(prompt("Who lights it?"));

        assertThat(usage(warm).cached() % 64).isZero();
        assertThat(usage(warm).cached()).isLessThan((usage(cold).prompt() - 1) / 64 * 64);
        assertThat(store.statistics().corrupt()).isOne();
        assertThat(warm.ids()).isEqualTo(cold.ids());
        open(MEMORY);
        assertThat(usage(run(prompt("Who lights it?"))).cached())
                .isEqualTo((usage(cold).prompt() - 1) / 64 * 64);
    }

    @Test
    void nobodyFindsWhatAnotherTenantHasAsked() throws Exception {
        Collected first = run(prompt("Who lights it?"));
        open(MEMORY);

        Collected other = run(caller(2), prompt("Who lights it?"));
        Collected nobody = run(Caller.ANYONE, prompt("Who lights it?"));

        assertThat(usage(other).cached()).isZero();
        assertThat(usage(nobody).cached()).isZero();
        assertThat(other.ids()).isEqualTo(first.ids());
        assertThat(usage(run(prompt("Who lights it?"))).cached()).isPositive();
    }

    @Test
    void whatIsInTheContextIsNotReadAgain() throws Exception {
        run(prompt("Who lights it?"));
        Collected warm = run(prompt("Who lights it?"));
        assertThat(usage(warm).cached()).isEqualTo(usage(warm).prompt() - 1);
        assertThat(store.statistics().fromMemory()).isZero();
        assertThat(store.statistics().fromDisk()).isZero();
    }

    @Test
    void theChoicesOfARequestReadItOnce() throws Exception {
        Collected cold = run(prompt("Who lights it?").choices(2));
        open(MEMORY);
        Collected warm = run(prompt("Who lights it?").choices(2));
        int stored = (usage(cold).prompt() - 1) / 64 * 64;
        assertThat(usage(warm).cached()).isEqualTo(stored);
        assertThat(store.statistics().fromDisk()).isEqualTo(stored / 64);
        assertThat(warm.choice(0).ids()).isEqualTo(cold.choice(0).ids());
        assertThat(warm.choice(1).ids()).isEqualTo(cold.choice(1).ids());
    }

    @Test
    void requestsThatComeTogetherFindItAll() throws Exception {
        Collected cold = run(prompt("Who lights it?"));
        open(MEMORY);
        List<Collected> together = List.of(new Collected(), new Collected(), new Collected());
        for (Collected answer : together) {
            engine.orElseThrow().submit(prompt("Who lights it?").request().by(TENANT), answer);
        }
        for (Collected answer : together) {
            assertThat(usage(answer).cached())
                    .isGreaterThanOrEqualTo((usage(cold).prompt() - 1) / 64 * 64);
            assertThat(answer.ids()).isEqualTo(cold.ids());
        }
    }

    @Test
    void anEngineThatIsClosedWhileItReadsGivesAllMemoryBack() throws Exception {
        run(prompt("Who lights it?"));
        open(MEMORY);
        Generation generation =
                engine.orElseThrow().submit(prompt("Who lights it?").request().by(TENANT), new Collected());
        engine.orElseThrow().close();
        assertThat(generation.cancel()).isDone();
        store.close();
        assertThat(store.statistics().memoryBytes()).isZero();
    }

    @Test
    void memoryForPartOfItGivesPartOfIt() throws Exception {
        Collected cold = run(prompt("Who lights it?"));
        long block = store.statistics().memoryBytes() / store.statistics().memoryBlocks();
        open(5 * block);
        Collected warm = run(prompt("Who lights it?"));
        assertThat(usage(warm).cached()).isEqualTo(5 * 64);
        assertThat(warm.ids()).isEqualTo(cold.ids());
        assertThat(store.statistics().memoryBytes()).isLessThanOrEqualTo(5 * block);
    }
}
