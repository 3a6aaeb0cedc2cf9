package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Health, drain and undrain, and the records of an intent. */
final class StateService {

    private final NodeCard card;
    private final Door door;
    private final Exchanges exchanges;
    private final Readiness readiness;

    StateService(NodeCard card, Door door, Exchanges exchanges, Readiness readiness) {
        this.card = card;
        this.door = door;
        this.exchanges = exchanges;
        this.readiness = readiness;
    }

    HttpResponse health(ServiceRequestContext ctx, HttpRequest req) {
        return Answers.json(
                readiness.accepts() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, card.health(readiness));
    }

    HttpResponse drain(ServiceRequestContext ctx, HttpRequest req) {
        return turn(req, "drain", true);
    }

    HttpResponse undrain(ServiceRequestContext ctx, HttpRequest req) {
        return turn(req, "undrain", false);
    }

    HttpResponse recover(ServiceRequestContext ctx, HttpRequest req) {
        String intent = ctx.queryParams().get("intent", "");
        String ticket = req.headers().get("gh-ticket", "");
        return door.admit(ticket, "recover", intent, 0, new byte[0])
                .map(claims -> HttpResponse.of(entries(exchanges.ofIntent(intent))))
                .orElseGet(Answers::ticketInvalid);
    }

    private HttpResponse turn(HttpRequest req, String verb, boolean draining) {
        return HttpResponse.of(req.aggregate()
                .thenApply(whole -> door.admit(
                                req.headers().get("gh-ticket", ""),
                                verb,
                                "",
                                0,
                                whole.content().array())
                        .map(claims -> {
                            readiness.drain(draining);
                            return Answers.json(card.health(readiness));
                        })
                        .orElseGet(Answers::ticketInvalid)));
    }

    private static CompletableFuture<HttpResponse> entries(List<Exchange> found) {
        List<CompletableFuture<Exchange.Entry>> reads =
                found.stream().map(Exchange::read).toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(all -> Answers.json(Map.of(
                        "exchanges", reads.stream().map(CompletableFuture::join).toList())));
    }
}
