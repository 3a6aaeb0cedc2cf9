package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.node.TestGateway.Answer;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals over HTTP; the checks of the body itself have a table of their own. */
class RefusalTest {

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"echo\"                                        | 400 | invalid_json",
                "{\"model\":\"gpt\",\"messages\":[]}                        | 404 | model_not_found",
                "{\"model\":\"echo\",\"messages\":[]}                       | 400 | invalid_value",
                "{\"model\":\"echo\",\"n\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} | 400 | unsupported_value",
            })
    void refusesTheBodyInOpenAisShape(String body, int status, String code) throws Exception {
        String id = TestNode.newId();

        Answer answer = post(id, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("error").path("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(answer.json().path("error").path("message").stringValue())
                .doesNotContain("dev.gatehouse", "Exception");
        assertThat(node.gateway.record(id).status()).isEqualTo(404);
    }

    @Test
    void refusesAWrongScriptAndSaysWhatIsWrong() throws Exception {
        Answer answer = post(TestNode.newId(), TestGateway.script("{'content':'a','cut':[2,1]}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("message").stringValue()).contains("ascending");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not_found",
        "PUT, /node/v1/health, 405, method_not_allowed",
        "GET, /node/v1/exchanges/not-an-id, 400, invalid_value",
        "GET, /node/v1/exchanges?intent=1-2-3, 400, invalid_value",
        "GET, /node/v1/exchanges, 400, invalid_value",
        "GET, /node/v1/exchanges/01999999-0000-7000-8000-00000000000A-1, 400, invalid_value",
        "GET, /node/v1/exchanges/01999999-0000-7000-8000-000000000001-0, 400, invalid_value",
    })
    void refusesAPath(String method, String path, int status, String code) throws Exception {
        Answer answer = node.gateway.call(method, path, "x.y", "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void refusesACapBelowOne() throws Exception {
        String id = TestNode.newId();
        String body = TestGateway.chat("a");
        String ticket = TestGateway.sign(TestGateway.claims("run", id, 0, body), TestGateway.KEY);

        assertThat(node.gateway
                        .call("POST", "/node/v1/exchanges/" + id, ticket, body)
                        .code())
                .isEqualTo("invalid_value");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        String answer = raw(cap() + "content-length: 70000\r\n\r\n" + "x".repeat(70_000));

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("request_too_large")
                .contains("65536");
    }

    @Test
    void refusesAChunkedBodyThatGrowsTooLarge() throws Exception {
        String chunk = Integer.toHexString(35_000) + "\r\n" + "x".repeat(35_000) + "\r\n";
        String answer = raw(cap() + "transfer-encoding: chunked\r\n\r\n" + chunk + chunk);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large");
    }

    @Test
    void refusesBrokenHttp() throws Exception {
        String answer = raw("GET /node/v1/health HTTP/1.1\r\nhost: node\r\ncontent-length: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("netty", "Exception");
    }

    @Test
    void refusesACallWithoutATicketBeforeItsBodyHasCome() throws Exception {
        String head =
                " /node/v1/exchanges/" + TestNode.newId() + " HTTP/1.1\r\nhost: node\r\ncontent-length: 60000\r\n\r\n";

        assertThat(raw("POST" + head)).startsWith("HTTP/1.1 401").contains("ticket_invalid");
        assertThat(raw("PATCH" + head)).startsWith("HTTP/1.1 401").contains("ticket_invalid");
    }

    private static Answer post(String id, String body) throws Exception {
        String ticket = TestGateway.sign(TestGateway.claims("run", id, 10, body), TestGateway.KEY);
        return node.gateway.call("POST", "/node/v1/exchanges/" + id, ticket, body);
    }

    private static String cap() {
        String id = TestNode.newId();
        String ticket = TestGateway.sign(TestGateway.claims("cap", id, 10, ""), TestGateway.KEY);
        return "PATCH /node/v1/exchanges/" + id + " HTTP/1.1\r\nhost: node\r\ngh-ticket: " + ticket + "\r\n";
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket(node.url.getHost(), node.url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().contains("}}")) {
                byte[] some = new byte[4096];
                int read = in.read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
