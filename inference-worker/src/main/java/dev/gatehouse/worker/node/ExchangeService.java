package dev.gatehouse.worker.node;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.worker.engine.Caller;
import dev.gatehouse.worker.ledger.ExchangeId;
import dev.gatehouse.worker.ledger.ExchangeRecord;
import dev.gatehouse.worker.openai.Answers;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.Bodies;
import dev.gatehouse.worker.openai.ErrorPages;
import dev.gatehouse.worker.openai.EventStream;
import dev.gatehouse.worker.openai.Handler;
import dev.gatehouse.worker.openai.Json;
import dev.gatehouse.worker.openai.JsonBytes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The calls about exchanges, each let in by its ticket. */
final class ExchangeService {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeService.class);
    private static final byte[] NOTHING = {};

    private final Exchanges exchanges;
    private final Tickets tickets;

    private final Bodies bodies;

    ExchangeService(Exchanges exchanges, Tickets tickets, Bodies bodies) {
        this.exchanges = exchanges;
        this.tickets = tickets;
        this.bodies = bodies;
    }

    /** {@code POST /node/v1/exchanges/{id}}. */
    HttpResponse run(ServiceRequestContext ctx, HttpRequest request) {
        return streamed(ctx, request, Verb.RUN, exchanges::run);
    }

    /** {@code POST /node/v1/exchanges/{id}/resume}. */
    HttpResponse resume(ServiceRequestContext ctx, HttpRequest request) {
        return streamed(ctx, request, Verb.RESUME, exchanges::resume);
    }

    private interface Start {
        void of(ExchangeId id, long cap, Caller caller, byte[] body, EventStream stream) throws ApiException;
    }

    private HttpResponse streamed(ServiceRequestContext ctx, HttpRequest request, Verb verb, Start start) {
        try {
            ExchangeId id = id(ctx);
            Ticket ticket = tickets.require(ticket(ctx), verb, id);
            EventStream stream = new EventStream(ctx);
            bodies.read(ctx, request, body -> start(start, id, ticket, body, stream))
                    .exceptionally(failure -> {
                        stream.fail(Bodies.unreadable(ctx, failure), NOTHING);
                        return stream;
                    });
            return stream.response();
        } catch (ApiException refused) {
            return Answers.error(refused.error());
        }
    }

    private static EventStream start(Start start, ExchangeId id, Ticket ticket, byte[] body, EventStream stream) {
        try {
            Claims claims = ticket.with(body);
            start.of(id, positive(claims.cap()), claims.caller(), body, stream);
        } catch (ApiException refused) {
            stream.fail(refused.error(), NOTHING);
        } catch (RuntimeException e) {
            LOG.error("An exchange could not be started", e);
            stream.fail(ErrorPages.INTERNAL, NOTHING);
        }
        return stream;
    }

    /** {@code PATCH /node/v1/exchanges/{id}}. */
    Handler.WithBody cap(ServiceRequestContext ctx) throws ApiException {
        ExchangeId id = id(ctx);
        Ticket ticket = tickets.require(ticket(ctx), Verb.CAP, id);
        return body -> cap(id, ticket.with(body), body);
    }

    private HttpResponse cap(ExchangeId id, Claims claims, byte[] body) throws ApiException {
        JsonNode json = Json.object(body);
        JsonNode cap = json.path("cap");
        if (!cap.isIntegralNumber() || !cap.canConvertToLong() || cap.longValue() != claims.cap()) {
            throw invalid("cap", "cap must be a whole number, the same as in the ticket.");
        }
        if (json.has("final") && !json.path("final").isBoolean()) {
            throw invalid("final", "final must be true or false.");
        }
        boolean last = json.path("final").asBoolean(false);
        return HttpResponse.of(
                exchanges.cap(id, positive(claims.cap()), last).thenApply(found -> capAnswer(id, found)));
    }

    /** {@code DELETE /node/v1/exchanges/{id}}. */
    Handler.WithBody stop(ServiceRequestContext ctx) throws ApiException {
        ExchangeId id = id(ctx);
        Ticket ticket = tickets.require(ticket(ctx), Verb.STOP, id);
        return body -> {
            ticket.with(body);
            return HttpResponse.of(exchanges.stop(id).thenApply(found -> recordAnswer(id, found)));
        };
    }

    /** {@code GET /node/v1/exchanges/{id}}. */
    Handler.WithBody record(ServiceRequestContext ctx) throws ApiException {
        ExchangeId id = id(ctx);
        Ticket ticket = tickets.require(ticket(ctx), Verb.RECORD, id);
        return body -> {
            ticket.with(body);
            return recordAnswer(id, exchanges.find(id));
        };
    }

    /** {@code GET /node/v1/exchanges?intent=…}. */
    Handler.WithBody recover(ServiceRequestContext ctx) throws ApiException {
        UUID intent = intent(ctx);
        Ticket ticket = tickets.require(ticket(ctx), Verb.RECOVER, intent);
        return body -> {
            ticket.with(body);
            return Answers.json(200, RecordJson.many(exchanges.find(intent)));
        };
    }

    /** {@code POST /node/v1/quote?intent=…}. */
    Handler.WithBody quote(ServiceRequestContext ctx) throws ApiException {
        Ticket ticket = tickets.require(ticket(ctx), Verb.QUOTE, intent(ctx));
        return body -> {
            Claims claims = ticket.with(body);
            return Answers.json(200, QuoteJson.of(exchanges.quote(claims.caller(), body)));
        };
    }

    private static HttpResponse capAnswer(ExchangeId id, Optional<Long> cap) {
        return cap.map(inForce -> Answers.json(
                        200,
                        new JsonBytes()
                                .raw("{\"cap\":")
                                .number(inForce)
                                .raw("}")
                                .toBytes()))
                .orElseGet(() -> unknown(id));
    }

    private static HttpResponse recordAnswer(ExchangeId id, Optional<ExchangeRecord> record) {
        return record.map(found -> Answers.json(200, RecordJson.one(found))).orElseGet(() -> unknown(id));
    }

    private static HttpResponse unknown(ExchangeId id) {
        return Answers.error(
                ApiError.caller(404, "exchange_not_found", "", "This node has no record of the exchange " + id + "."));
    }

    private static ExchangeId id(ServiceRequestContext ctx) throws ApiException {
        return ExchangeId.parse(Optional.ofNullable(ctx.pathParam("id")).orElse(""))
                .orElseThrow(() -> invalid("", "The path must end in an exchange id: a UUID, a dash and the attempt."));
    }

    private static UUID intent(ServiceRequestContext ctx) throws ApiException {
        return ExchangeId.parseIntent(
                        Optional.ofNullable(ctx.queryParam("intent")).orElse(""))
                .orElseThrow(() -> invalid("intent", "intent must be a UUID in lower case: ?intent=…"));
    }

    private static long positive(long cap) throws ApiException {
        if (cap < 1) {
            throw invalid("cap", "cap must be at least 1.");
        }
        return cap;
    }

    private static @Nullable String ticket(ServiceRequestContext ctx) {
        return ctx.request().headers().get(Tickets.HEADER);
    }

    private static ApiException invalid(String param, String message) {
        return new ApiException(ApiError.caller(400, "invalid_value", param, message));
    }
}
