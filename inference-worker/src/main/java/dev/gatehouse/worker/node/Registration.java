package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.openai.JsonBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps one gateway informed, on a thread of its own, until it is closed. */
final class Registration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final int RETRIES_PER_OUTAGE = 20;
    private static final int LONGEST_INTERVAL_SECONDS = 60;

    private final URI gateway;
    private final URI target;
    private final HttpClient http;
    private final Identity self;
    private final Readiness readiness;
    private final Tickets tickets;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;

    private volatile boolean closed;
    private String lastTold = "";
    private long lastWell = System.nanoTime();

    private Registration(URI gateway, HttpClient http, Identity self, Readiness readiness, Tickets tickets) {
        this.gateway = gateway;
        this.target = URI.create(gateway.toString().replaceAll("/+$", "") + "/node/v1/nodes/" + self.name());
        this.http = http;
        this.self = self;
        this.readiness = readiness;
        this.tickets = tickets;
        this.thread = Thread.ofVirtual()
                .name("registration-" + gateway.getAuthority())
                .unstarted(this::run);
    }

    static Registration start(URI gateway, HttpClient http, Identity self, Readiness readiness, Tickets tickets) {
        Registration registration = new Registration(gateway, http, self, readiness, tickets);
        readiness.onChange(registration.news::release);
        registration.thread.start();
        return registration;
    }

    /** Sends one last report, which says that the node drains, and ends. */
    @Override
    public void close() {
        closed = true;
        news.release();
        try {
            thread.join(PATIENCE.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = closed;
            long pause = report();
            if (!last) {
                pause(pause);
            }
        }
    }

    private void pause(long millis) {
        try {
            if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** @return milliseconds until the next one is due */
    private long report() {
        try {
            HttpResponse<String> answer = http.send(request(), BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                tell("registered");
                lastWell = System.nanoTime();
                return TimeUnit.SECONDS.toMillis(interval(answer.body()));
            }
            return failed("it answers " + answer.statusCode() + " " + code(answer.body()));
        } catch (IOException e) {
            return failed(e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        } catch (InterruptedException e) {
            closed = true;
            return 0;
        } catch (RuntimeException e) {
            LOG.error("The registration with {} failed", gateway, e);
            return failed("an error of this node");
        }
    }

    private long failed(String why) {
        tell("not registered, " + why);
        return retryAfter(Duration.ofNanos(System.nanoTime() - lastWell)).toMillis();
    }

    /** A gateway that comes back is found after a small part more of the time that it was away. */
    static Duration retryAfter(Duration outage) {
        Duration part = outage.dividedBy(RETRIES_PER_OUTAGE);
        if (part.compareTo(SHORTEST_RETRY) < 0) {
            return SHORTEST_RETRY;
        }
        return part.compareTo(LONGEST_RETRY) < 0 ? part : LONGEST_RETRY;
    }

    private void tell(String state) {
        if (!state.equals(lastTold)) {
            LOG.info("Gateway {}: {}", gateway, state);
            lastTold = state;
        }
    }

    private HttpRequest request() {
        byte[] body = body();
        return HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header(Tickets.HEADER, tickets.forRegistration(body))
                .PUT(BodyPublishers.ofByteArray(body))
                .build();
    }

    private byte[] body() {
        return body(self, readiness.state(), readiness.engine().map(engine -> engine.model()), readiness.load());
    }

    static byte[] body(Identity self, Readiness.State state, Optional<Model> model, Load load) {
        JsonBytes json = new JsonBytes()
                .raw("{\"url\":")
                .string(self.url().toString())
                .raw(",\"version\":")
                .string(self.version())
                .raw(",\"build\":")
                .string(self.build())
                .raw(",\"models\":[");
        model.ifPresent(loaded -> model(json, loaded));
        json.raw("],\"slots\":")
                .number(model.map(Model::slots).orElse(0))
                .raw(",\"kvTokens\":")
                .number(model.map(Model::kvTokens).orElse(0))
                .raw(",\"state\":")
                .string(state.text())
                .raw(",");
        return StatusService.load(json, load).raw("}").toBytes();
    }

    private static void model(JsonBytes json, Model model) {
        json.raw("{\"id\":")
                .string(model.id())
                .raw(",\"sha256\":")
                .string(model.sha256())
                .raw(",\"context\":")
                .number(model.context())
                .raw(",\"vocab\":")
                .number(model.vocab())
                .raw("}");
    }

    private static int interval(String answer) {
        return Math.clamp(read(answer).path("every").asInt(5), 1, LONGEST_INTERVAL_SECONDS);
    }

    private static String code(String answer) {
        return read(answer).path("error").path("code").asString("");
    }

    private static JsonNode read(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }
}
