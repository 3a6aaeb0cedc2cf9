package dev.gatehouse.worker.node;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.worker.ledger.Ledger;
import dev.gatehouse.worker.openai.Answers;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.Handler;
import java.util.Optional;

/** The call for sums over the node's records. */
final class TotalsService {

    private static final int MOST_DIGITS = 15;

    private final Ledger ledger;
    private final Tickets tickets;

    TotalsService(Ledger ledger, Tickets tickets) {
        this.ledger = ledger;
        this.tickets = tickets;
    }

    /** {@code GET /node/v1/exchanges/totals?from=…&until=…}. */
    Handler.WithBody totals(ServiceRequestContext ctx) throws ApiException {
        Ticket ticket = tickets.require(ctx.request().headers().get(Tickets.HEADER), Verb.TOTALS);
        long from = millis(ctx, "from");
        long until = millis(ctx, "until");
        return body -> {
            ticket.with(body);
            return Answers.json(200, TotalsJson.of(ledger.totals(from, until)));
        };
    }

    private static long millis(ServiceRequestContext ctx, String param) throws ApiException {
        String text = Optional.ofNullable(ctx.queryParam(param)).orElse("");
        if (!text.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            throw new ApiException(ApiError.caller(
                    400, "invalid_value", param, param + " must be a time in milliseconds since the epoch."));
        }
        return Long.parseLong(text);
    }
}
