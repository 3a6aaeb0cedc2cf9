package dev.gatehouse.worker.node;

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
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 5_000;
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
    private long retryMillis = FIRST_RETRY_MILLIS;

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
                retryMillis = FIRST_RETRY_MILLIS;
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
        long pause = retryMillis;
        retryMillis = Math.min(LAST_RETRY_MILLIS, retryMillis * 2);
        return pause;
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

    byte[] body() {
        Optional<Model> model = readiness.engine().map(engine -> engine.model());
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
                .string(readiness.state().text())
                .raw(",");
        return StatusService.load(json, readiness.load()).raw("}").toBytes();
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
