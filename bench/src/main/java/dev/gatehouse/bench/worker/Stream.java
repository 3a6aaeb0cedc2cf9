package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.load.WrongAnswerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A streamed answer that is being read on a thread of its own, and may be hung up on. */
final class Stream {

    private static final long LIMIT_S = 600;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATA = "data: {";

    private final LongStream.Builder arrivals = LongStream.builder();
    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<Heard> heard = new CompletableFuture<>();
    private final CompletableFuture<InputStream> body = new CompletableFuture<>();
    private volatile boolean hungUp;
    private int prompt;
    private int completion;

    private Stream() {}

    static Stream open(HttpClient http, HttpRequest request) {
        Stream stream = new Stream();
        Thread.ofVirtual().start(() -> stream.read(http, request));
        return stream;
    }

    /**
     * Waits for the first token; when it came.
     *
     * @throws WrongAnswerException if none comes
     */
    long awaitFirst() throws InterruptedException {
        return await(first);
    }

    /**
     * Waits for the answer's end.
     *
     * @throws WrongAnswerException if it has none
     */
    Heard await() throws InterruptedException {
        return await(heard);
    }

    /** Closes the connection; what was heard until then. */
    Heard hangUp() throws InterruptedException {
        hungUp = true;
        try {
            await(body).close();
        } catch (IOException e) {
            throw new WrongAnswerException("a connection could not be closed: " + e);
        }
        return await(heard);
    }

    private static <T> T await(CompletableFuture<T> what) throws InterruptedException {
        try {
            return what.get(LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new WrongAnswerException("no answer: " + e.getCause());
        } catch (TimeoutException e) {
            throw new WrongAnswerException("no answer within " + LIMIT_S + " s");
        }
    }

    private void read(HttpClient http, HttpRequest request) {
        long sent = System.nanoTime();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            body.complete(answer.body());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode() + ": "
                        + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            readEvents(answer.body());
            heard.complete(new Heard(sent, arrivals.build().toArray(), prompt, completion));
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (hungUp) {
                heard.complete(new Heard(sent, arrivals.build().toArray(), 0, 0));
            }
            body.completeExceptionally(e);
            first.completeExceptionally(e);
            heard.completeExceptionally(e);
        }
    }

    private void readEvents(InputStream events) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    event(System.nanoTime(), line.substring(DATA.length() - 1));
                }
            }
        }
        if (completion == 0) {
            throw new IOException("a stream without usage");
        }
    }

    private void event(long now, String data) {
        JsonNode event = JSON.readTree(data);
        if (!event.path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asString("")
                .isEmpty()) {
            arrivals.add(now);
            first.complete(now);
        }
        JsonNode usage = event.path("usage");
        if (usage.isObject()) {
            prompt = usage.path("prompt_tokens").asInt();
            completion = usage.path("completion_tokens").asInt();
        }
    }
}
