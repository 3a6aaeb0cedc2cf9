package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.load.WrongAnswerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
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
    private final HttpURLConnection connection;
    private volatile boolean hungUp;
    private int prompt;
    private int completion;

    private Stream(HttpURLConnection connection) {
        this.connection = connection;
    }

    /** Asks on a connection of its own: one that was used before may be closed by the server just then. */
    static Stream open(URI url, String json) {
        Stream stream = new Stream(connection(url));
        Thread.ofPlatform().daemon().start(() -> stream.read(json));
        return stream;
    }

    private static HttpURLConnection connection(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setDoOutput(true);
            connection.setRequestProperty("content-type", "application/json");
            connection.setRequestProperty("connection", "close");
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        connection.disconnect();
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

    private void read(String json) {
        long sent = System.nanoTime();
        try {
            connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + connection.getResponseCode() + ": " + errorText());
            }
            readEvents(connection.getInputStream());
            heard.complete(new Heard(sent, arrivals.build().toArray(), prompt, completion));
        } catch (IOException | RuntimeException e) {
            if (hungUp) {
                heard.complete(new Heard(sent, arrivals.build().toArray(), 0, 0));
            }
            first.completeExceptionally(e);
            heard.completeExceptionally(e);
        }
    }

    private String errorText() throws IOException {
        try (InputStream text = connection.getErrorStream()) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
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
