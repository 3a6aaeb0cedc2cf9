package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Access;
import dev.gatehouse.gateway.access.Identity;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.edge.Connections;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.edge.Reading;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** {@code POST /v1/chat/completions}. */
@Component
final class ChatCompletions implements EdgeService, HttpService {

    private static final Logger log = LoggerFactory.getLogger(ChatCompletions.class);

    private final Access access;
    private final Exchanges exchanges;
    private final Connections connections;
    private final Stories stories;
    private final OpenAiProperties properties;
    private final Clock clock;

    ChatCompletions(
            Access access,
            Exchanges exchanges,
            Connections connections,
            Stories stories,
            OpenAiProperties properties,
            Clock clock) {
        this.access = access;
        this.exchanges = exchanges;
        this.connections = connections;
        this.stories = stories;
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
        request.aggregate(context.eventLoop()).handle((whole, failure) -> {
            read(connection, arrival, authorization, whole, failure);
            return null;
        });
        return connection.response();
    }

    private void read(
            Connection connection,
            Arrival arrival,
            Optional<String> authorization,
            @Nullable AggregatedHttpRequest whole,
            @Nullable Throwable failure) {
        if (whole == null) {
            Errors.send(connection, arrival.id(), unread(failure));
            return;
        }
        connection.watch();
        byte[] body = whole.content().array();
        if (!stories.start(() -> tell(connection, arrival, authorization, body))) {
            Errors.send(
                    connection,
                    arrival.id(),
                    Problem.later(
                            Code.OVERLOADED,
                            Duration.ofSeconds(1),
                            "The gateway has as many requests as it can hold. Try again."));
        }
    }

    private void tell(Connection connection, Arrival arrival, Optional<String> authorization, byte[] body) {
        try {
            switch (access.identify(authorization)) {
                case Identity.Unknown(Problem why) -> onLoop(connection, arrival.id(), why);
                case Identity.Known(Caller caller) -> answer(connection, arrival, caller, ChatReader.read(body));
            }
        } catch (Fault fault) {
            onLoop(connection, arrival.id(), fault.problem());
        } catch (RuntimeException unexpected) {
            log.error("Request {} failed", arrival.id(), unexpected);
            onLoop(
                    connection,
                    arrival.id(),
                    Problem.of(Code.INTERNAL, "The gateway failed to handle this request. Report its x-request-id."));
        }
    }

    private void answer(Connection connection, Arrival arrival, Caller caller, Chat chat) {
        Sink sink = chat.stream()
                ? new ChatStream(connection, arrival.id(), chat)
                : new ChatWhole(connection, arrival.id(), chat);
        exchanges.run(arrival, caller, chat.work(), sink);
    }

    private static Problem unread(@Nullable Throwable failure) {
        Problem problem = failure == null ? null : Reading.problem(failure);
        return problem == null
                ? Problem.of(Code.INVALID_JSON, "The request body could not be read to its end. Send it again.")
                : problem;
    }

    private static void onLoop(Connection connection, IntentId id, Problem problem) {
        connection.loop().execute(() -> Errors.send(connection, id, problem));
    }
}
