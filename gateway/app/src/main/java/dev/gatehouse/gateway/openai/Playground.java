package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.ServerBuilder;
import dev.gatehouse.gateway.dialect.Reception;
import dev.gatehouse.gateway.edge.EdgeErrors;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.vocabulary.Problem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Chat completions for users of the console. The path is the administration's, but what it answers is OpenAI's, errors included: it comes before the
 * relay to the servlets.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Playground implements EdgeService, EdgeErrors {

    static final String PATH = "/api/admin/v1/playground/chat/completions";

    private final Reception reception;
    private final ChatCompletions chats;
    private final OpenAiProperties properties;
    private final OpenAiErrors errors;

    Playground(Reception reception, ChatCompletions chats, OpenAiProperties properties, OpenAiErrors errors) {
        this.reception = reception;
        this.chats = chats;
        this.properties = properties;
        this.errors = errors;
    }

    @Override
    public void register(ServerBuilder server) {
        server.route()
                .post(PATH)
                .maxRequestLength(properties.chatBody().toBytes())
                .build((context, request) -> reception.receiveFromConsole(
                        context,
                        request,
                        errors,
                        (visitor, body) ->
                                chats.answer(visitor, ChatReader.read(body).withUsage())));
    }

    @Override
    public boolean covers(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "?");
    }

    @Override
    public AggregatedHttpResponse render(Problem problem) {
        return errors.render(problem);
    }
}
