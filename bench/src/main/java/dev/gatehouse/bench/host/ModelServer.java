package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A program of this machine that serves one model at {@code /v1/chat/completions}. */
public interface ModelServer extends AutoCloseable {

    /** As figures name it. */
    String name();

    /** Where it is reached. */
    URI url();

    ProcessTree processes();

    @Override
    void close();

    /**
     * How it runs a model.
     *
     * @param threads that compute
     * @param sequences at a time
     * @param tokens in the KV cache, over all sequences
     */
    record Size(int threads, int sequences, int tokens) {}

    /**
     * Waits until a model is loaded; what does not start is ended.
     *
     * @param health answers 200 then
     * @throws NotReadyException if it does not start
     */
    static void awaitLoaded(Child child, URI health) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            child.awaitUntil(() -> answers(http, health), Duration.ofMinutes(10));
        } catch (NotReadyException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private static boolean answers(HttpClient http, URI health) {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
