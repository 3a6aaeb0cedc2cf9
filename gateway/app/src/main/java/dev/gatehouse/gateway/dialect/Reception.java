package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Access;
import dev.gatehouse.gateway.access.Console;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.Identity;
import dev.gatehouse.gateway.edge.Bodies;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.edge.Connections;
import dev.gatehouse.gateway.edge.Stories;
import dev.gatehouse.gateway.exchange.Arrival;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The way of every request from its head to its service: who calls is known before the body is read, so that strangers can not make the gateway hold bytes. */
@Component
public final class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private static final Problem OVERLOADED = Problem.later(
            Code.OVERLOADED, Duration.ofSeconds(1), "The gateway has as many requests as it can hold. Try again.");
    private static final Problem FAILED =
            Problem.of(Code.INTERNAL, "The gateway failed to handle this request. Report its x-request-id.");

    private final Access access;
    private final Console console;
    private final Connections connections;
    private final Stories stories;
    private final Bodies bodies;
    private final Clock clock;

    Reception(Access access, Console console, Connections connections, Stories stories, Bodies bodies, Clock clock) {
        this.access = access;
        this.console = console;
        this.connections = connections;
        this.stories = stories;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** What answers a request, on a thread that may wait. A {@link Fault} that it throws is answered as an error. */
    public interface Service {
        void answer(Visitor visitor);
    }

    /** What answers a request that has a body. The body is not to be kept once it returns. */
    public interface Reader {
        void answer(Visitor visitor, byte[] body);
    }

    /** Receives a request without a body. */
    public HttpResponse receive(
            ServiceRequestContext context, HttpRequest request, Endpoint endpoint, Errors errors, Service service) {
        return receive(context, Introduction.byKey(access, endpoint, context, request), errors, service);
    }

    /** Receives a request and, once its caller is known, its body. */
    public HttpResponse receiveBody(
            ServiceRequestContext context, HttpRequest request, Endpoint endpoint, Errors errors, Reader reader) {
        return receive(
                context, Introduction.byKey(access, endpoint, context, request), errors, withBody(request, reader));
    }

    /** The same of a request from the console, whose caller is a user. */
    public HttpResponse receiveFromConsole(
            ServiceRequestContext context, HttpRequest request, Errors errors, Reader reader) {
        return receive(context, Introduction.byConsole(console, context, request), errors, withBody(request, reader));
    }

    private Service withBody(HttpRequest request, Reader reader) {
        return visitor -> {
            try (Bodies.Body body = bodies.read(request)) {
                visitor.connection().loop().execute(visitor.connection()::watch);
                reader.answer(visitor, body.bytes());
            }
        };
    }

    private HttpResponse receive(
            ServiceRequestContext context, Introduction introduction, Errors errors, Service service) {
        Arrival arrival =
                new Arrival(IntentId.next(clock), context.clientAddress().getHostAddress(), System.nanoTime());
        Optional<Problem> wrong = introduction.precheck();
        if (wrong.isPresent()) {
            return errors.answer(arrival.id(), wrong.get()).toHttpResponse();
        }
        Connection connection = connections.accept(context);
        if (!stories.start(() -> tell(connection, arrival, introduction, errors, service))) {
            errors.send(connection, arrival.id(), OVERLOADED);
        }
        return connection.response();
    }

    private void tell(
            Connection connection, Arrival arrival, Introduction introduction, Errors errors, Service service) {
        try {
            switch (introduction.identify()) {
                case Identity.Unknown(Problem why) -> onLoop(connection, arrival.id(), errors, why);
                case Identity.Known(Caller caller) -> service.answer(new Visitor(connection, arrival, caller));
            }
        } catch (Fault fault) {
            onLoop(connection, arrival.id(), errors, fault.problem());
        } catch (RuntimeException | Error unexpected) {
            log.error("Request {} failed", arrival.id(), unexpected);
            onLoop(connection, arrival.id(), errors, FAILED);
        }
    }

    private static void onLoop(Connection connection, IntentId id, Errors errors, Problem problem) {
        connection.loop().execute(() -> errors.send(connection, id, problem));
    }
}
