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
import java.util.function.Consumer;
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

    /** A request that is being received. */
    private record Call(Connection connection, Arrival arrival, Introduction introduction, Errors errors) {

        Visitor of(Caller caller) {
            return new Visitor(connection, arrival, caller);
        }

        /** Called on the event loop. */
        void refuse(Problem why) {
            errors.send(connection, arrival.id(), why);
        }

        void refuseLater(Problem why) {
            connection.loop().execute(() -> refuse(why));
        }
    }

    /** Receives a request without a body. */
    public HttpResponse receive(
            ServiceRequestContext context, HttpRequest request, Endpoint endpoint, Errors errors, Service service) {
        return received(
                context,
                Introduction.byKey(access, endpoint, context, request),
                errors,
                call -> start(call, () -> identified(call, service)));
    }

    /** Receives a request and, once its caller is known, its body. */
    public HttpResponse receiveBody(
            ServiceRequestContext context, HttpRequest request, Endpoint endpoint, Errors errors, Reader reader) {
        return received(
                context,
                Introduction.byKey(access, endpoint, context, request),
                errors,
                call -> readBody(call, request, reader));
    }

    /** The same of a request from the console, whose caller is a user. */
    public HttpResponse receiveFromConsole(
            ServiceRequestContext context, HttpRequest request, Errors errors, Reader reader) {
        return received(
                context,
                Introduction.byConsole(console, context, request),
                errors,
                call -> readBody(call, request, reader));
    }

    private HttpResponse received(
            ServiceRequestContext context, Introduction introduction, Errors errors, Consumer<Call> reception) {
        Arrival arrival =
                new Arrival(IntentId.next(clock), context.clientAddress().getHostAddress(), System.nanoTime());
        Optional<Problem> wrong = introduction.precheck();
        if (wrong.isPresent()) {
            return errors.answer(arrival.id(), wrong.get()).toHttpResponse();
        }
        Connection connection = connections.accept(context);
        reception.accept(new Call(connection, arrival, introduction, errors));
        return connection.response();
    }

    private void readBody(Call call, HttpRequest request, Reader reader) {
        Optional<Identity> remembered = call.introduction().recall();
        if (remembered.isPresent()) {
            readFor(remembered.get(), call, request, reader);
        } else {
            start(call, () -> identified(call, visitor -> read(visitor, request, reader)));
        }
    }

    /** A caller who is remembered needs no thread before the body is there. */
    private void readFor(Identity remembered, Call call, HttpRequest request, Reader reader) {
        switch (remembered) {
            case Identity.Unknown(Problem why) -> call.refuse(why);
            case Identity.Known(Caller caller) ->
                bodies.start(request).whenComplete((body, failure) -> {
                    if (failure instanceof Fault fault) {
                        call.refuse(fault.problem());
                    } else {
                        call.connection().watch();
                        answer(call, caller, body, reader);
                    }
                });
        }
    }

    private void answer(Call call, Caller caller, Bodies.Body body, Reader reader) {
        boolean started = start(call, () -> {
            try (body) {
                reader.answer(call.of(caller), body.bytes());
            }
        });
        if (!started) {
            body.close();
        }
    }

    private void read(Visitor visitor, HttpRequest request, Reader reader) {
        try (Bodies.Body body = bodies.read(request)) {
            visitor.connection().loop().execute(visitor.connection()::watch);
            reader.answer(visitor, body.bytes());
        }
    }

    /** False, after the refusal, when there are too many stories. */
    private boolean start(Call call, Runnable story) {
        boolean started = stories.start(() -> tell(call, story));
        if (!started) {
            call.refuse(OVERLOADED);
        }
        return started;
    }

    private static void identified(Call call, Service service) {
        switch (call.introduction().identify()) {
            case Identity.Unknown(Problem why) -> call.refuseLater(why);
            case Identity.Known(Caller caller) -> service.answer(call.of(caller));
        }
    }

    private static void tell(Call call, Runnable story) {
        try {
            story.run();
        } catch (Fault fault) {
            call.refuseLater(fault.problem());
        } catch (RuntimeException | Error unexpected) {
            log.error("Request {} failed", call.arrival().id(), unexpected);
            call.refuseLater(FAILED);
        }
    }
}
