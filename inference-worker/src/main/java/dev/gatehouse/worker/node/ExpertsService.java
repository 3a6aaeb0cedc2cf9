package dev.gatehouse.worker.node;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.worker.engine.ExpertPicks;
import dev.gatehouse.worker.openai.Answers;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.Handler;

/** The call for how often each expert was picked. */
final class ExpertsService {

    private final Readiness readiness;
    private final Tickets tickets;

    ExpertsService(Readiness readiness, Tickets tickets) {
        this.readiness = readiness;
        this.tickets = tickets;
    }

    /** {@code GET /node/v1/experts}. */
    Handler.WithBody experts(ServiceRequestContext ctx) throws ApiException {
        Ticket ticket = tickets.require(ctx.request().headers().get(Tickets.HEADER), Verb.EXPERTS);
        return body -> {
            ticket.with(body);
            return Answers.json(200, ExpertsJson.of(picks()));
        };
    }

    private ExpertPicks picks() throws ApiException {
        return readiness
                .engine()
                .flatMap(engine -> engine.experts())
                .orElseThrow(() -> new ApiException(ApiError.caller(
                        404,
                        "experts_not_counted",
                        "",
                        "This node counts no experts: its model has none or is not loaded, or"
                                + " gatehouse.worker.engine.experts-every is 0.")));
    }
}
