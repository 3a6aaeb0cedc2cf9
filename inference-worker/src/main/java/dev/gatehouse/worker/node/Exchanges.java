package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Begun;
import dev.gatehouse.worker.engine.Caller;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.GenerationRequest;
import dev.gatehouse.worker.engine.Quote;
import dev.gatehouse.worker.engine.RefusedException;
import dev.gatehouse.worker.ledger.Entry;
import dev.gatehouse.worker.ledger.ExchangeExistsException;
import dev.gatehouse.worker.ledger.ExchangeId;
import dev.gatehouse.worker.ledger.ExchangeRecord;
import dev.gatehouse.worker.ledger.Ledger;
import dev.gatehouse.worker.ledger.LedgerUnavailableException;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.ChatRequest;
import dev.gatehouse.worker.openai.ChunkWriter;
import dev.gatehouse.worker.openai.ErrorPages;
import dev.gatehouse.worker.openai.EventStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The exchanges of this node: starts them, finds the running ones, and their records. */
final class Exchanges {

    private static final ApiError SEVERAL = ApiError.caller(
            400, "unsupported_value", "n", "n must be 1: an answer of several choices can not be resumed.");

    private final Ledger ledger;
    private final Readiness readiness;
    private final Map<ExchangeId, Exchange> running = new ConcurrentHashMap<>();

    Exchanges(Ledger ledger, Readiness readiness) {
        this.ledger = ledger;
        this.readiness = readiness;
    }

    /**
     * Records an exchange, waits until its record is on the disk, and hands it to the engine.
     *
     * @throws ApiException it was refused, and left no record; a refusal by the engine goes to the stream
     * @throws RuntimeException the engine failed; the record and the stream say so
     */
    void run(ExchangeId id, long cap, Caller caller, byte[] body, EventStream stream) throws ApiException {
        start(id, cap, caller, body, Begun.NOTHING, stream);
    }

    /** The same for an answer that another node has begun, of a single choice. */
    void resume(ExchangeId id, long cap, Caller caller, byte[] body, EventStream stream) throws ApiException {
        start(id, cap, caller, body, BegunJson.read(body), stream);
    }

    private void start(ExchangeId id, long cap, Caller caller, byte[] body, Begun begun, EventStream stream)
            throws ApiException {
        if (ledger.find(id).isPresent()) {
            throw new ApiException(exists(id));
        }
        Engine engine = readiness.enter();
        ChatRequest chat = ChatRequest.read(body, engine.model());
        if (!begun.isNothing() && chat.choices() > 1) {
            throw new ApiException(SEVERAL);
        }
        GenerationRequest request =
                chat.toGeneration(id.toString(), cap).from(begun).by(caller);
        Exchange exchange = open(id, engine.model().id(), cap, begun, stream);
        exchange.ended().thenRun(() -> running.remove(id));
        try {
            stream.onGone(exchange::readerGone);
            submit(exchange, engine, request);
        } catch (RuntimeException e) {
            exchange.refused(ErrorPages.INTERNAL);
            throw e;
        }
    }

    /**
     * What the prompt of a chat would take now. Nothing is recorded or generated.
     *
     * @throws ApiException the chat would be refused
     */
    Quote quote(Caller caller, byte[] body) throws ApiException {
        Engine engine = readiness.enter();
        try {
            ChatRequest chat = ChatRequest.read(body, engine.model());
            return engine.quote(chat.toGeneration("quote", 1).by(caller));
        } catch (RefusedException refused) {
            throw new ApiException(ApiError.of(refused));
        }
    }

    /** Under a lock, so that an exchange with a running record is always found in {@code running}. */
    private synchronized Exchange open(ExchangeId id, String model, long cap, Begun begun, EventStream stream)
            throws ApiException {
        ChunkWriter writer =
                ChunkWriter.forGateway("chatcmpl-" + id.intent(), id.madeAt().getEpochSecond(), model);
        Entry entry = begin(id, model, cap);
        if (!begun.isNothing()) {
            writer.opened(0);
            entry.resumed(begun.ids().length);
        }
        Exchange exchange = new Exchange(entry, stream, writer);
        running.put(id, exchange);
        return exchange;
    }

    private synchronized Optional<Exchange> running(ExchangeId id) {
        return Optional.ofNullable(running.get(id));
    }

    private void submit(Exchange exchange, Engine engine, GenerationRequest request) {
        try {
            exchange.durable().join();
        } catch (CompletionException notDurable) {
            exchange.refused(unavailable("The node's ledger could not be written. Send the request to another node."));
            return;
        }
        try {
            exchange.accepted(engine.submit(request, exchange));
        } catch (RefusedException refused) {
            exchange.refused(ApiError.of(refused));
        }
    }

    private Entry begin(ExchangeId id, String model, long cap) throws ApiException {
        try {
            return ledger.begin(id, model, cap);
        } catch (ExchangeExistsException e) {
            throw new ApiException(exists(id));
        } catch (LedgerUnavailableException e) {
            throw new ApiException(unavailable(e.why()));
        }
    }

    /** The cap in force; that of the record if the exchange has ended. Empty if this node does not know it. */
    CompletableFuture<Optional<Long>> cap(ExchangeId id, long total, boolean last) {
        if (find(id).isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return running(id)
                .map(exchange -> exchange.cap(total, last).handle((cap, refused) -> recordedCap(id)))
                .orElseGet(() -> CompletableFuture.completedFuture(recordedCap(id)));
    }

    private Optional<Long> recordedCap(ExchangeId id) {
        return find(id).map(ExchangeRecord::cap);
    }

    /** Its record once it has stopped. Empty if this node does not know it. */
    CompletableFuture<Optional<ExchangeRecord>> stop(ExchangeId id) {
        if (find(id).isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return running(id)
                .map(Exchange::stop)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenApply(stopped -> find(id));
    }

    Optional<ExchangeRecord> find(ExchangeId id) {
        return ledger.find(id);
    }

    List<ExchangeRecord> find(UUID intent) {
        return ledger.find(intent);
    }

    private static ApiError exists(ExchangeId id) {
        return ApiError.caller(
                409,
                "exchange_exists",
                "",
                "The exchange " + id + " was posted to this node before. Use a new attempt.");
    }

    private static ApiError unavailable(String why) {
        return ApiError.server(503, "ledger_unavailable", why);
    }
}
