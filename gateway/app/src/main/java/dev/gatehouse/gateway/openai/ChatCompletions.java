package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Access;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.Identity;
import dev.gatehouse.gateway.access.Visit;
import dev.gatehouse.gateway.edge.Bodies;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.edge.Connections;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.edge.Stories;
import dev.gatehouse.gateway.exchange.Arrival;
import dev.gatehouse.gateway.exchange.Exchanges;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Sink;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** {@code POST /v1/chat/completions}. */
@Component
final class ChatCompletions implements EdgeService, HttpService {

    private static final Logger log = LoggerFactory.getLogger(ChatCompletions.class);

    static final Problem OVERLOADED = Problem.later(
            Code.OVERLOADED, Duration.ofSeconds(1), "The gateway has as many requests as it can hold. Try again.");
    private static final Problem FAILED =
            Problem.of(Code.INTERNAL, "The gateway failed to handle this request. Report its x-request-id.");

    private final Access access;
    private final Exchanges exchanges;
    private final Connections connections;
    private final Stories stories;
    private final Bodies bodies;
    private final OpenAiProperties properties;
    private final Clock clock;

    ChatCompletions(
            Access access,
            Exchanges exchanges,
            Connections connections,
            Stories stories,
            Bodies bodies,
            OpenAiProperties properties,
            Clock clock) {
        this.access = access;
        this.exchanges = exchanges;
        this.connections = connections;
        this.stories = stories;
        this.bodies = bodies;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void register(ServerBuilder server) {
        server.route()
                .post("/v1/chat/completions")
                .maxRequestLength(properties.chatBody().toBytes())
                .build(this);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Arrival arrival =
                new Arrival(IntentId.next(clock), context.clientAddress().getHostAddress(), System.nanoTime());
        Optional<String> authorization = Authorization.of(request.headers());
        Optional<Problem> wrong = access.precheck(authorization);
        if (wrong.isPresent()) {
            return Errors.answer(arrival.id(), wrong.get()).toHttpResponse();
        }
        Connection connection = connections.accept(context);
        Visit visit = new Visit(Endpoint.CHAT, context.clientAddress());
        if (!stories.start(() -> tell(connection, arrival, authorization, visit, request))) {
            Errors.send(connection, arrival.id(), OVERLOADED);
        }
        return connection.response();
    }

    /** Who calls is known before the body is read: strangers can not make the gateway hold bytes. */
    private void tell(
            Connection connection, Arrival arrival, Optional<String> authorization, Visit visit, HttpRequest request) {
        try {
            switch (access.identify(authorization, visit)) {
                case Identity.Unknown(Problem why) -> onLoop(connection, arrival.id(), why);
                case Identity.Known(Caller caller) -> read(connection, arrival, caller, request);
            }
        } catch (Fault fault) {
            onLoop(connection, arrival.id(), fault.problem());
        } catch (RuntimeException | Error unexpected) {
            log.error("Request {} failed", arrival.id(), unexpected);
            onLoop(connection, arrival.id(), FAILED);
        }
    }

    private void read(Connection connection, Arrival arrival, Caller caller, HttpRequest request) {
        try (Bodies.Body body = bodies.read(request)) {
            connection.loop().execute(connection::watch);
            answer(connection, arrival, caller, ChatReader.read(body.bytes()));
        }
    }

    private void answer(Connection connection, Arrival arrival, Caller caller, Chat chat) {
        Sink sink = chat.stream()
                ? new ChatStream(connection, arrival.id(), chat)
                : new ChatWhole(connection, arrival.id(), chat);
        exchanges.run(arrival, caller, chat.work(), sink);
    }

    private static void onLoop(Connection connection, IntentId id, Problem problem) {
        connection.loop().execute(() -> Errors.send(connection, id, problem));
    }
}
