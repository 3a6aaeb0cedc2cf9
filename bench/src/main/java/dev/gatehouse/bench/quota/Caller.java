package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.load.WrongAnswerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One caller who believes what it is told: it tries again when it is refused for the moment, and when the gateway is gone, until it is
 * answered or told that waiting is no use.
 */
final class Caller implements Callable<Ending> {

    /** A refusal that names a longer wait, or none, is final: the budget's period is a quarter of a year. */
    private static final long LONGEST_WAIT = 5;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long GONE_WAIT = 1;
    private static final int OK = 200;
    private static final int LIMITED = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final Supplier<URI> gateway;
    private final String key;
    private final String body;
    private final boolean vanishes;

    /**
     * @param gateway where to send the next try
     * @param vanishes whether it hangs up after the first event of a stream
     */
    Caller(HttpClient http, Supplier<URI> gateway, String key, String body, boolean vanishes) {
        this.http = http;
        this.gateway = gateway;
        this.key = key;
        this.body = body;
        this.vanishes = vanishes;
    }

    @Override
    public Ending call() throws InterruptedException {
        while (true) {
            Try last = attempt();
            if (last.ending.isPresent()) {
                return last.ending.get();
            }
            TimeUnit.SECONDS.sleep(last.waitSeconds);
        }
    }

    /** The end, or how long to wait. */
    private record Try(Optional<Ending> ending, long waitSeconds) {

        static Try ended(Ending how) {
            return new Try(Optional.of(how), 0);
        }

        static Try again(long seconds) {
            return new Try(Optional.empty(), seconds);
        }
    }

    private Try attempt() throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                return read(answer, in);
            }
        } catch (IOException | NotReadyException gone) {
            return Try.again(GONE_WAIT);
        }
    }

    private Try read(HttpResponse<InputStream> answer, InputStream in) throws IOException {
        return switch (answer.statusCode()) {
            case OK -> admitted(in);
            case LIMITED -> limited(answer, text(in));
            case UNAVAILABLE -> Try.again(GONE_WAIT);
            default -> throw new WrongAnswerException("a caller was answered " + answer.statusCode() + " " + text(in));
        };
    }

    private Try admitted(InputStream in) throws IOException {
        if (vanishes) {
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return Try.ended(Ending.VANISHED);
        }
        in.transferTo(OutputStream.nullOutputStream());
        return Try.ended(Ending.ANSWERED);
    }

    private static Try limited(HttpResponse<InputStream> answer, String text) {
        if (!text.contains("budget_exceeded")) {
            throw new WrongAnswerException("a caller was refused by another limit than its budget: " + text);
        }
        long wait = answer.headers().firstValueAsLong("retry-after").orElse(Long.MAX_VALUE);
        return wait > LONGEST_WAIT ? Try.ended(Ending.REFUSED) : Try.again(wait);
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(gateway.get().resolve("/v1/chat/completions"))
                .timeout(LIMIT)
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
