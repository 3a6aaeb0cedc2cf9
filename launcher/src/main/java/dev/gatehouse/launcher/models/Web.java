package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** GET with redirects; a token goes to the host that it is for, and to no other. */
final class Web implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;

    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** @param token empty: none */
    Web(Optional<String> token) {
        this.token = token;
    }

    /**
     * What to ask for of a file that is partly here.
     *
     * @param from first byte
     * @param validator strong ETag of what is here
     */
    record Rest(long from, String validator) {}

    /**
     * The answer, of status 200, 206 or 416.
     *
     * @throws Failure it is another one; the message says what to do
     */
    HttpResponse<InputStream> get(URI url, Optional<Rest> rest) throws IOException, InterruptedException {
        URI at = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> answer =
                    http.send(request(at, isSameHost(url, at), rest), BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 != 3) {
                return usable(url, answer);
            }
            answer.body().close();
            URI current = at;
            at = answer.headers()
                    .firstValue("location")
                    .map(current::resolve)
                    .orElseThrow(() -> new Failure(Exit.FAULT, "%s redirects to nowhere".formatted(url)));
            requireSafe(url, at);
        }
        throw new Failure(Exit.FAULT, "%s redirects more than %d times".formatted(url, MOST_REDIRECTS));
    }

    private HttpRequest request(URI at, boolean trusted, Optional<Rest> rest) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(PATIENCE);
        token.filter(secret -> trusted).ifPresent(secret -> request.header("authorization", "Bearer " + secret));
        rest.ifPresent(
                some -> request.header("range", "bytes=" + some.from() + "-").header("if-range", some.validator()));
        return request.build();
    }

    private static boolean isSameHost(URI url, URI at) {
        return at.getScheme().equals(url.getScheme()) && at.getAuthority().equals(url.getAuthority());
    }

    private static void requireSafe(URI url, URI to) {
        if (url.getScheme().equals("https") && !"https".equals(to.getScheme())) {
            throw new Failure(Exit.DENIED, "%s redirects to %s, which is not encrypted".formatted(url, to.getHost()));
        }
    }

    private static HttpResponse<InputStream> usable(URI url, HttpResponse<InputStream> answer) throws IOException {
        int status = answer.statusCode();
        if (status == 200 || status == 206 || status == 416) {
            return answer;
        }
        answer.body().close();
        throw switch (status) {
            case 401, 403 ->
                new Failure(
                        Exit.DENIED,
                        "%s is refused (%d): accept the model's terms there, and name a file with your token by --token-file or set HF_TOKEN"
                                .formatted(url, status));
            case 404 -> new Failure(Exit.NOT_FOUND, "there is no %s: check owner, repository and name".formatted(url));
            case 429 -> new Failure(Exit.QUOTA, "%s asks to be left alone for a while: try again later".formatted(url));
            default -> new Failure(Exit.FAULT, "%s answered %d: try again later".formatted(url, status));
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
