package dev.gatehouse.gateway.anthropic;

import com.linecorp.armeria.server.ServerBuilder;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.dialect.Reception;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.exchange.Exchanges;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Sink;
import org.springframework.stereotype.Component;

/** {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. */
@Component
final class Messages implements EdgeService {

    private final Reception reception;
    private final Exchanges exchanges;
    private final AnthropicProperties properties;
    private final AnthropicErrors errors;

    Messages(Reception reception, Exchanges exchanges, AnthropicProperties properties, AnthropicErrors errors) {
        this.reception = reception;
        this.exchanges = exchanges;
        this.properties = properties;
        this.errors = errors;
    }

    @Override
    public void register(ServerBuilder server) {
        serve(server, "/v1/messages", this::message);
        serve(server, "/v1/messages/count_tokens", this::count);
    }

    private void serve(ServerBuilder server, String path, Reception.Reader reader) {
        server.route()
                .post(path)
                .maxRequestLength(properties.messageBody().toBytes())
                .build((context, request) ->
                        reception.receiveBody(context, request, Endpoint.MESSAGES, errors, reader));
    }

    private void message(Visitor visitor, byte[] body) {
        Ask ask = MessageReader.message(body);
        Sink sink = ask.stream() ? new MessageStream(visitor, errors, ask) : new MessageWhole(visitor, errors, ask);
        exchanges.run(visitor.arrival(), visitor.caller(), ask.work(), sink);
    }

    private void count(Visitor visitor, byte[] body) {
        Count work = MessageReader.count(body);
        exchanges.run(visitor.arrival(), visitor.caller(), work, new TokenCount(visitor, errors));
    }
}
