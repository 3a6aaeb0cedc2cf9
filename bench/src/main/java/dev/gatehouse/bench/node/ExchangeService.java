package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /node/v1/exchanges/{id}}: run, cap, stop and record. */
final class ExchangeService extends AbstractHttpService {

    private static final JsonMapper JSON = new JsonMapper();

    private final Door door;
    private final Exchanges exchanges;
    private final Sightings sightings;
    private final Readiness readiness;
    private final Frames frames = Frames.forGateways();

    ExchangeService(Door door, Exchanges exchanges, Sightings sightings, Readiness readiness) {
        this.door = door;
        this.exchanges = exchanges;
        this.sightings = sightings;
        this.readiness = readiness;
    }

    /** A call whose ticket is good. */
    private record Admitted(ServiceRequestContext ctx, ExchangeId id, Claims claims, byte[] body) {}

    @Override
    protected HttpResponse doPost(ServiceRequestContext ctx, HttpRequest req) {
        return admitted(ctx, req, "run", this::run);
    }

    @Override
    protected HttpResponse doPatch(ServiceRequestContext ctx, HttpRequest req) {
        return admitted(ctx, req, "cap", call -> known(call, exchange -> cap(call, exchange)));
    }

    @Override
    protected HttpResponse doDelete(ServiceRequestContext ctx, HttpRequest req) {
        return admitted(ctx, req, "stop", call -> known(call, exchange -> entry(exchange.stop(Reason.CANCELLED))));
    }

    @Override
    protected HttpResponse doGet(ServiceRequestContext ctx, HttpRequest req) {
        return admitted(ctx, req, "record", call -> known(call, exchange -> entry(exchange.read())));
    }

    private HttpResponse admitted(
            ServiceRequestContext ctx, HttpRequest req, String verb, Function<Admitted, HttpResponse> action) {
        return HttpResponse.of(req.aggregate()
                .thenApply(whole -> admit(ctx, whole, verb).map(action).orElseGet(Answers::ticketInvalid)));
    }

    private HttpResponse known(Admitted call, Function<Exchange, HttpResponse> action) {
        return exchanges.find(call.id()).map(action).orElseGet(() -> Answers.exchangeNotFound(call.id()));
    }

    private static HttpResponse entry(CompletableFuture<Exchange.Entry> entry) {
        return HttpResponse.of(entry.thenApply(Answers::json));
    }

    private Optional<Admitted> admit(ServiceRequestContext ctx, AggregatedHttpRequest whole, String verb) {
        byte[] body = whole.content().array();
        String ticket = whole.headers().get("gh-ticket", "");
        return ExchangeId.parse(Objects.requireNonNull(ctx.pathParam("id")))
                .flatMap(id -> door.admit(ticket, verb, id.intent(), id.attempt(), body)
                        .map(claims -> new Admitted(ctx, id, claims, body)));
    }

    private HttpResponse run(Admitted call) {
        if (!readiness.accepts()) {
            return Answers.refuse(
                    HttpStatus.SERVICE_UNAVAILABLE, "node_draining", "This node takes no new exchanges: use another.");
        }
        try {
            return play(call, ChatRequest.parse(call.body()));
        } catch (RuntimeException malformed) {
            return Answers.badRequest(malformed);
        }
    }

    private HttpResponse play(Admitted call, ChatRequest request) {
        HttpResponseWriter out = HttpResponse.streaming();
        EventLoop loop = call.ctx().eventLoop().withoutContext();
        byte[] head = frames.head("chatcmpl-" + call.id().intent(), request.model());
        Cap cap = new Cap(call.claims().cap(), false);
        Playback playback = new Playback(loop, out, frames, head, request, cap, true);
        if (!exchanges.add(call.id(), new Exchange(call.id(), request.model(), loop, playback))) {
            return Answers.refuse(
                    HttpStatus.CONFLICT, "exchange_exists", "Exchange " + call.id() + " has been sent before.");
        }
        sightings.follow(call.ctx(), request.script().tag(), playback);
        playback.start();
        return out;
    }

    private static HttpResponse cap(Admitted call, Exchange exchange) {
        JsonNode wanted = JSON.readTree(call.body());
        int tokens = wanted.path("cap").asInt(0);
        if (tokens != call.claims().cap()) {
            return Answers.ticketInvalid();
        }
        Cap cap = new Cap(tokens, wanted.path("final").asBoolean(false));
        return HttpResponse.of(exchange.raise(cap).thenApply(inForce -> Answers.json(Map.of("cap", inForce.tokens()))));
    }
}
