package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.server.ServerBuilder;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.dialect.Reception;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.exchange.Exchanges;
import dev.gatehouse.gateway.vocabulary.Sink;
import org.springframework.stereotype.Component;

/** {@code POST /v1/chat/completions}. */
@Component
final class ChatCompletions implements EdgeService {

    private final Reception reception;
    private final Exchanges exchanges;
    private final OpenAiProperties properties;
    private final OpenAiErrors errors;

    ChatCompletions(Reception reception, Exchanges exchanges, OpenAiProperties properties, OpenAiErrors errors) {
        this.reception = reception;
        this.exchanges = exchanges;
        this.properties = properties;
        this.errors = errors;
    }

    @Override
    public void register(ServerBuilder server) {
        server.route()
                .post("/v1/chat/completions")
                .maxRequestLength(properties.chatBody().toBytes())
                .build((context, request) -> reception.receiveBody(
                        context,
                        request,
                        Endpoint.CHAT,
                        errors,
                        (visitor, body) -> answer(visitor, ChatReader.read(body))));
    }

    /** Answers what was read. */
    void answer(Visitor visitor, Chat chat) {
        Sink sink = chat.stream() ? new ChatStream(visitor, errors, chat) : new ChatWhole(visitor, errors, chat);
        exchanges.run(visitor.arrival(), visitor.caller(), chat.work(), sink);
    }
}
