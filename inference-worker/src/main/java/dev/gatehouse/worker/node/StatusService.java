package dev.gatehouse.worker.node;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.openai.Answers;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.EventStream;
import dev.gatehouse.worker.openai.Handler;
import dev.gatehouse.worker.openai.JsonBytes;
import java.util.Optional;
import java.util.function.Supplier;

/** Health, draining, and the events of both. */
final class StatusService {

    private final Readiness readiness;
    private final Events events;
    private final Tickets tickets;
    private final boolean needsTickets;
    private final Supplier<Identity> identity;

    StatusService(
            Readiness readiness, Events events, Tickets tickets, boolean needsTickets, Supplier<Identity> identity) {
        this.readiness = readiness;
        this.events = events;
        this.tickets = tickets;
        this.needsTickets = needsTickets;
        this.identity = identity;
    }

    /** {@code GET /node/v1/health}. */
    HttpResponse health(ServiceRequestContext ctx) {
        return Answers.json(readiness.state() == Readiness.State.READY ? 200 : 503, json());
    }

    /** {@code GET /node/v1/events}. */
    Handler.WithBody events(ServiceRequestContext ctx) throws ApiException {
        Ticket ticket = tickets.require(ctx.request().headers().get(Tickets.HEADER), Verb.EVENTS);
        return body -> {
            ticket.with(body);
            EventStream stream = new EventStream(ctx);
            events.listen(stream);
            return stream.response();
        };
    }

    /** {@code POST /node/v1/drain}. */
    Handler.WithBody drain(ServiceRequestContext ctx) throws ApiException {
        return setDraining(ctx, Verb.DRAIN, true);
    }

    /** {@code POST /node/v1/undrain}. */
    Handler.WithBody undrain(ServiceRequestContext ctx) throws ApiException {
        return setDraining(ctx, Verb.UNDRAIN, false);
    }

    private Handler.WithBody setDraining(ServiceRequestContext ctx, Verb verb, boolean wanted) throws ApiException {
        Ticket ticket = tickets.require(ctx.request().headers().get(Tickets.HEADER), verb);
        return body -> {
            ticket.with(body);
            readiness.drain(wanted);
            return Answers.json(200, json());
        };
    }

    private byte[] json() {
        Identity self = identity.get();
        JsonBytes json = new JsonBytes()
                .raw("{\"state\":")
                .string(readiness.state().text())
                .raw(",\"name\":")
                .string(self.name())
                .raw(",\"version\":")
                .string(self.version())
                .raw(",\"build\":")
                .string(self.build())
                .raw(",\"tickets\":")
                .raw(Boolean.toString(needsTickets));
        Optional<Model> model = readiness.engine().map(engine -> engine.model());
        model.ifPresent(loaded -> json.raw(",\"engine\":")
                .string(loaded.engine())
                .raw(",\"model\":")
                .string(loaded.id()));
        json.raw(",\"progress\":").number(readiness.progress()).raw(",");
        return load(json, readiness.load()).raw("}").toBytes();
    }

    /** {@code "load":{…}}. */
    static JsonBytes load(JsonBytes json, Load load) {
        return json.raw("\"load\":{\"running\":")
                .number(load.running())
                .raw(",\"waiting\":")
                .number(load.waiting())
                .raw(",\"kvUsed\":")
                .number(load.kvUsed())
                .raw(",\"tokensPerSecond\":")
                .number(Math.round(load.tokensPerSecond() * 10) / 10.0)
                .raw("}");
    }
}
