package dev.gatehouse.bench.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.bench.load.WrongAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CallerTest {

    private static final String BUDGET = "{\"error\":{\"code\":\"budget_exceeded\"}}";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer gateway;

    private record Answer(int status, Optional<String> retryAfter, String body) {

        static Answer of(int status, String body) {
            return new Answer(status, Optional.empty(), body);
        }

        static Answer limited(String retryAfter) {
            return new Answer(429, Optional.of(retryAfter), BUDGET);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/v1/chat/completions", this::answer);
        gateway.start();
    }

    @AfterEach
    void close() {
        http.close();
        gateway.stop(0);
    }

    @Test
    void triesAgainUntilItIsAnswered() throws InterruptedException {
        script(Answer.limited("0"), Answer.limited("0"), Answer.of(200, "{}"));
        assertThat(caller(false).call()).isEqualTo(Ending.ANSWERED);
        assertThat(answers).isEmpty();
    }

    @Test
    void takesALongWaitOrNoneAtAllForTheEnd() throws InterruptedException {
        script(Answer.limited("7776000"));
        assertThat(caller(false).call()).isEqualTo(Ending.REFUSED);
        script(Answer.of(429, BUDGET));
        assertThat(caller(false).call()).isEqualTo(Ending.REFUSED);
    }

    @Test
    void hangsUpAfterTheFirstLineWhenItIsOneWhoVanishes() throws InterruptedException {
        script(Answer.of(200, "data: {}\n\ndata: [DONE]\n\n"));
        assertThat(caller(true).call()).isEqualTo(Ending.VANISHED);
    }

    @Test
    void doesNotTakeAnotherLimitForItsBudget() {
        script(Answer.of(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"));
        assertThatThrownBy(() -> caller(false).call())
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("rate_limit_exceeded");
    }

    @Test
    void saysWhatElseItWasAnswered() {
        script(Answer.of(500, "broken"));
        assertThatThrownBy(() -> caller(false).call())
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("500 broken");
    }

    private void script(Answer... more) {
        answers.addAll(List.of(more));
    }

    private Caller caller(boolean vanishes) {
        URI url = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
        return new Caller(http, () -> url, "key", "{}", vanishes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer next = answers.removeFirst();
            byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
            next.retryAfter().ifPresent(seconds -> exchange.getResponseHeaders().add("retry-after", seconds));
            exchange.sendResponseHeaders(next.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
