package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.fit.Anatomy;
import dev.gatehouse.worker.fit.Demand;
import dev.gatehouse.worker.fit.KvType;
import dev.gatehouse.worker.fit.Memory;
import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import dev.gatehouse.worker.llama.LlamaException;
import dev.gatehouse.worker.llama.LlamaLibrary;
import dev.gatehouse.worker.llama.LlamaModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs a GGUF model with llama.cpp. Requests share steps; each is templated and tokenised on a thread of its own pool, so that
 * no native call runs on the caller's, which may be virtual. Penalties look at the whole answer and not at the prompt.
 */
public final class LlamaEngine implements Engine {

    private static final int PROMPT_THREADS = 2;
    private static final int MOST_ROWS = 512;

    private final LlamaModel llama;
    private final Model model;
    private final BlockTier tier;
    private final SamplingDefaults defaults;
    private final Vocabulary vocabulary;
    private final Set<Integer> ends;
    private final Instruments instruments;
    private final StepLoop loop;
    private final int places;
    private final Semaphore room;
    private final ExecutorService prompts = Executors.newFixedThreadPool(
            PROMPT_THREADS,
            Thread.ofPlatform()
                    .name("llama-prompt-", 0)
                    .stackSize(NativeStack.BYTES)
                    .daemon()
                    .factory());

    private LlamaEngine(
            LlamaModel llama,
            Model model,
            SamplingDefaults defaults,
            Traffic traffic,
            LlamaOptions options,
            BlockTier tier,
            Consumer<Step> watcher) {
        this.tier = tier;
        this.llama = llama;
        this.model = model;
        this.defaults = defaults;
        this.vocabulary = new Vocabulary(llama);
        this.ends = Arrays.stream(llama.info().end()).boxed().collect(Collectors.toUnmodifiableSet());
        this.places = options.slots() + options.queue();
        this.room = new Semaphore(places);
        this.instruments = Instruments.of(
                traffic,
                options.telemetry().expertsEvery(),
                llama.info().layers(),
                llama.info().experts());
        this.loop = new StepLoop(
                llama,
                size(llama, model, options),
                options.threads(),
                instruments,
                watcher,
                room::release,
                this::readStored);
    }

    private static Scheduler.Size size(LlamaModel llama, Model model, LlamaOptions options) {
        int sequences = llama.info().rewinds() ? LlamaContext.MOST_SEQUENCES : options.slots();
        return new Scheduler.Size(
                options.slots(),
                sequences,
                model.kvTokens(),
                options.idleTokens().orElse(LlamaOptions.idleTokens(model.kvTokens())),
                Math.max(options.slots(), Math.min(MOST_ROWS, model.kvTokens())),
                options.interToken().toNanos() / 1e6);
    }

    /**
     * Checks and loads a model; takes as long as reading the file does.
     *
     * @throws EngineStartException the file or the natives can not be used, or the progress said no: the message says why
     */
    public static LlamaEngine open(LlamaOptions options, LoadProgress progress) throws EngineStartException {
        return open(options, KvStore.none(), progress);
    }

    /**
     * The same with a store that keeps what was computed of prompts and answers, and stays open when the engine is closed.
     *
     * @throws EngineStartException the file or the natives can not be used, or the progress said no: the message says why
     */
    public static LlamaEngine open(LlamaOptions options, KvStore store, LoadProgress progress)
            throws EngineStartException {
        return open(options, store, progress, step -> {});
    }

    static LlamaEngine open(LlamaOptions options, KvStore store, LoadProgress progress, Consumer<Step> watcher)
            throws EngineStartException {
        Path file = options.model().toAbsolutePath().normalize();
        Gguf header = ModelFile.check(file);
        SamplingDefaults defaults = SamplingDefaults.of(header, file);
        Anatomy anatomy = Anatomy.of(header);
        CompletableFuture<String> digest = ModelFile.digest(file);
        LlamaLibrary library = library(options);
        LlamaModel llama = load(library, options, anatomy, file, progress);
        try {
            Model model = describe(options, llama, digest.join());
            Traffic traffic = Traffic.of(
                    anatomy,
                    KvType.parse(llama.loading().kvType()),
                    options.telemetry().bandwidth());
            LlamaEngine engine = new LlamaEngine(
                    llama, model, defaults, traffic, options, tier(library, llama, model, store), watcher);
            engine.loop.start();
            return engine;
        } catch (EngineStartException | RuntimeException e) {
            llama.close();
            throw e;
        }
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Load load() {
        return loop.load();
    }

    @Override
    public Activity activity() {
        return instruments.metering().activity();
    }

    @Override
    public Optional<Turn> turn() {
        return instruments.pulse().turn();
    }

    @Override
    public Optional<ExpertPicks> experts() {
        return instruments.experts().any() ? Optional.of(instruments.experts().picks()) : Optional.empty();
    }

    @Override
    public Generation submit(GenerationRequest request, Output output) throws RefusedException {
        Refusals.checkChoices(request.choices(), places);
        enterRoom(request.choices());
        boolean added = false;
        try {
            LlamaGeneration generation = onPromptThread(() -> prepare(request, output));
            add(generation);
            added = true;
            return generation;
        } finally {
            if (!added) {
                room.release(request.choices());
            }
        }
    }

    @Override
    public Quote quote(GenerationRequest request) throws RefusedException {
        enterRoom(1);
        try {
            int[] prompt = onPromptThread(() -> prompt(request));
            return loop.quote(new Sequence(prompt, request.caller(), 0));
        } finally {
            room.release();
        }
    }

    private void enterRoom(int sequences) throws RefusedException {
        if (!room.tryAcquire(sequences)) {
            throw RefusedException.busy(
                    "This node's queue is full. Try again when retry-after has passed.", loop.nextEnd());
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return loop.ended();
    }

    @Override
    public void close() {
        loop.close();
        prompts.close();
        llama.close();
    }

    private void add(LlamaGeneration generation) {
        try {
            loop.add(generation);
        } catch (IllegalStateException e) {
            generation.close();
            throw e;
        }
    }

    /** Reading waits for the disk, which the engine's thread must not. */
    private void readStored(LlamaGeneration generation) {
        try {
            prompts.execute(() -> {
                try {
                    generation.stored().read();
                } finally {
                    loop.back(generation);
                }
            });
        } catch (RejectedExecutionException closed) {
            loop.back(generation);
        }
    }

    private interface Work<T> {
        T run() throws RefusedException;
    }

    private <T> T onPromptThread(Work<T> work) throws RefusedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            prompts.execute(() -> complete(done, work));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the engine is closed", e);
        }
        return Refusals.unwrap(done);
    }

    private static <T> void complete(CompletableFuture<T> done, Work<T> work) {
        try {
            done.complete(work.run());
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    private LlamaGeneration prepare(GenerationRequest request, Output output) throws RefusedException {
        Refusals.check(request, vocabulary.size());
        List<LlamaChat> chats = chats(request);
        try {
            LlamaChat first = chats.getFirst();
            Refusals.checkThinking(first.info(), request.unthinking());
            Refusals.checkText(first.info(), model.context(), llama.info().longestPiece());
            int[] tokens = first.tokens();
            Refusals.checkPrompt(tokens.length, model.context());
            int bound = Math.min(request.maxTokens().orElse(Integer.MAX_VALUE), model.context() - tokens.length);
            LlamaGeneration generation =
                    new LlamaGeneration(request, tokens, tier, output, bound, instruments.metering(), loop::wake);
            chats.forEach(chat -> generation.add(chat, (of, chunks) -> answer(request, of, chunks)));
            if (!request.begun().isNothing()) {
                Refusals.checkBegun(request, vocabulary.size(), bound);
                replay(generation);
            }
            return generation;
        } catch (RefusedException | RuntimeException | Error e) {
            chats.forEach(LlamaChat::close);
            throw e;
        }
    }

    private void replay(LlamaGeneration generation) throws RefusedException {
        try {
            generation.replay(ends);
        } catch (LlamaException e) {
            throw Refusals.of(e);
        }
    }

    private List<LlamaChat> chats(GenerationRequest request) throws RefusedException {
        List<LlamaChat> chats = new ArrayList<>();
        try {
            for (int choice = 0; choice < request.choices(); choice++) {
                chats.add(chat(request, choice));
            }
            return chats;
        } catch (RefusedException | RuntimeException | Error e) {
            chats.forEach(LlamaChat::close);
            throw e;
        }
    }

    private int[] prompt(GenerationRequest request) throws RefusedException {
        try (LlamaChat chat = chat(request, 0)) {
            Refusals.checkText(chat.info(), model.context(), llama.info().longestPiece());
            return chat.tokens();
        }
    }

    private LlamaChat chat(GenerationRequest request, int choice) throws RefusedException {
        try {
            return llama.chat(request.chat(), defaults.apply(request.sampling(choice), model.context()));
        } catch (LlamaException e) {
            throw Refusals.of(e);
        }
    }

    private Answer answer(GenerationRequest request, LlamaChat chat, Consumer<Chunk> chunks) {
        LlamaChat.Info info = chat.info();
        List<String> stops = new ArrayList<>(request.stop());
        stops.addAll(info.stops());
        ThinkingCount thinking = new ThinkingCount(info.thinking(), info.thinkingStart(), info.thinkingEnds());
        return new Answer(
                chat::parse, info.structured(), vocabulary.preserving(info.preserved()), thinking, stops, chunks);
    }

    private static LlamaLibrary library(LlamaOptions options) throws EngineStartException {
        try {
            return LlamaLibrary.load(options.natives(), options.backend());
        } catch (LlamaException e) {
            throw notStarted(e);
        }
    }

    private static LlamaModel load(
            LlamaLibrary library, LlamaOptions options, Anatomy anatomy, Path file, LoadProgress progress)
            throws EngineStartException {
        Demand.Load load = new Demand.Load(options.kvTokens(anatomy.context()), Demand.Load.MOST_ROWS, options.slots());
        Fitting fitting = new Fitting(anatomy, load, options.residence());
        try {
            return LlamaModel.load(file, fitting.into(Memory.free(library.gpuBytes())), progress::at);
        } catch (LlamaException e) {
            throw notStarted(e);
        }
    }

    private static EngineStartException notStarted(LlamaException why) {
        return new EngineStartException(Optional.ofNullable(why.getMessage()).orElse(""), why);
    }

    /** Only of a model whose state can be cut at a position. */
    private static BlockTier tier(LlamaLibrary library, LlamaModel llama, Model model, KvStore store) {
        return new BlockTier(
                llama.info().rewinds() ? store : KvStore.none(),
                BlockTier.fingerprint(model, llama.loading(), library));
    }

    private static Model describe(LlamaOptions options, LlamaModel llama, String sha256) {
        int trained = llama.info().context();
        int kvTokens = options.kvTokens(trained);
        int context = Math.min(trained, kvTokens);
        return new Model(
                options.modelId(), "llama", sha256, context, llama.info().vocab(), options.slots(), kvTokens);
    }
}
