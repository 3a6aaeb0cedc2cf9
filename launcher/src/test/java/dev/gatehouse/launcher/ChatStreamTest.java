package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatStreamTest {
    private static final String ANSWER = """
            data: {"choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"100 + 400, "}}]}

            data: {"choices":[{"index":0,"delta":{"reasoning_content":"23 + 56"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"57"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"9"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}

            """;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer gateway;

    @BeforeEach
    void listen() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.start();
    }

    @AfterEach
    void close() {
        http.close();
        gateway.stop(0);
    }

    @Test
    void showsThinkingApartFromTheAnswer() throws Exception {
        answer(200, ANSWER + "data: [DONE]\n\n");
        ChatAnswer answer = ask(true);
        assertThat(answer.content()).isEqualTo("579");
        assertThat(answer.reasoning()).isEqualTo("100 + 400, 23 + 56");
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.promptTokens()).isEqualTo(11);
        assertThat(answer.completionTokens()).isEqualTo(7);
        assertThat(shown()).isEqualTo("\u001b[2m100 + 400, 23 + 56\u001b[0m\n579");
    }

    @Test
    void sendsNoColoursToAPipe() throws Exception {
        answer(200, ANSWER + "data: [DONE]\n\n");
        ask(false);
        assertThat(shown()).isEqualTo("100 + 400, 23 + 56\n579");
    }

    @Test
    void refusesAnAnswerThatBreaksOff() {
        answer(200, ANSWER);
        assertThatThrownBy(() -> ask(false)).isInstanceOf(Failure.class).hasMessageContaining("broke off");
    }

    @Test
    void saysWhyTheGatewayBrokeOff() {
        answer(200, "data: {\"error\":{\"message\":\"the node died\",\"code\":\"node_lost\"}}\n\n");
        assertThatThrownBy(() -> ask(false)).isInstanceOf(Failure.class).hasMessageContaining("the node died");
    }

    @ParameterizedTest
    @CsvSource({"401,DENIED", "404,NOT_FOUND", "429,QUOTA", "503,NOT_READY", "400,USAGE", "500,FAULT"})
    void endsAsTheRefusalSays(int status, Exit exit) {
        answer(status, "{\"error\":{\"message\":\"because\"}}");
        assertThatThrownBy(() -> ask(false))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(exit))
                .hasMessage("because (HTTP %d)", status);
    }

    private ChatAnswer ask(boolean terminal) throws Exception {
        String base = "http://127.0.0.1:%d/v1".formatted(gateway.getAddress().getPort());
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new ChatStream(
                        http,
                        new Quickstart(base, "key", "admin", "password", base, base, ""),
                        new ChatScreen(out, terminal))
                .ask("tiny-moe", "What is 123 + 456?");
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void answer(int status, String body) {
        gateway.createContext("/v1/chat/completions", exchange -> {
            boolean asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .contains("What is 123 + 456?");
            exchange.sendResponseHeaders(asked ? status : 418, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }
}
