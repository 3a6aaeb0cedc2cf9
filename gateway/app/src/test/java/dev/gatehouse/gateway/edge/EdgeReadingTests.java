package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real server does with requests that are slow, too large or wrong. */
@Timeout(30)
class EdgeReadingTests {

    private static final String POST = "POST /v1/talk HTTP/1.1\r\nhost: x\r\n";

    @AutoClose
    private TestEdge edge = TestEdge.patient();

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "POST /v1/talk HTTP/1.1\r\nhost: x\r\nx-more: ", "PRI * HTTP/2.0\r\n"})
    void closesAConnectionWhoseHeadersDoNotCome(String start) throws IOException {
        restart(TestEdge.withHeaderTimeout());
        try (RawClient client = RawClient.to(edge.url())) {
            assertThat(client.send(start).readAll()).doesNotContain("200 OK");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @Test
    void closesAConnectionWhoseHeadersComeAByteAtATime() throws IOException, InterruptedException {
        restart(TestEdge.withHeaderTimeout());
        try (RawClient client = RawClient.to(edge.url())) {
            client.send(POST + "x-more: ").trickle("a");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: 10\r\n\r\nhi", "transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n"})
    void aBodyThatDoesNotComeToItsEndInTimeIs408InItsDialect(String slow) throws IOException {
        restart(TestEdge.withBodyTimeout());
        try (RawClient client = RawClient.to(edge.url())) {
            assertThat(client.send(POST + slow).readTo("code:BODY_TOO_SLOW"))
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith("code:BODY_TOO_SLOW");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @Test
    void aBodyThatComesAByteAtATimeIsLateToo() throws IOException, InterruptedException {
        restart(TestEdge.withBodyTimeout());
        try (RawClient client = RawClient.to(edge.url())) {
            client.send(POST + "content-length: 1000\r\n\r\n").trickle("a");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 2\r\ncontent-length: 3\r\n\r\nhi!",
                "content-length: 2, 3\r\n\r\nhi!",
                "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
                "content-length: -1\r\n\r\n",
                "content-length: two\r\n\r\nhi",
                "content-length: +2\r\n\r\nhi"
            })
    void refusesARequestWhoseLengthIsInDoubt(String lengths) throws IOException {
        try (RawClient client = RawClient.to(edge.url())) {
            assertThat(client.send(POST + lengths).readAll()).startsWith("HTTP/1.1 400 ");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @Test
    void aBodyThatAnnouncesTooMuchIs413() throws IOException {
        try (RawClient client = RawClient.to(edge.url())) {
            assertThat(client.send(POST + "content-length: 1025\r\n\r\n").readTo("code:BODY_TOO_LARGE"))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("code:BODY_TOO_LARGE");
        }
    }

    @Test
    void aBodyThatGrowsTooLargeIs413() throws IOException {
        try (RawClient client = RawClient.to(edge.url())) {
            String body = "401\r\n" + "a".repeat(0x401) + "\r\n0\r\n\r\n";
            assertThat(client.send(POST + "transfer-encoding: chunked\r\n\r\n" + body)
                            .readTo("code:BODY_TOO_LARGE"))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("code:BODY_TOO_LARGE");
            assertThat(edge.heardNothing()).isTrue();
        }
    }

    @Test
    void takesABodyOfTheLargestSize() throws IOException, InterruptedException {
        try (RawClient client = RawClient.to(edge.url())) {
            client.send(POST + "content-length: 1024\r\n\r\n" + "a".repeat(1_024));
            edge.talk().head().end();
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void saysInItsDialectThatThereIsNoSuchPathOrMethod() throws IOException {
        assertThat(answer("/v1/nothing", "code:PATH_NOT_FOUND"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("code:PATH_NOT_FOUND");
        assertThat(answer("/v1/talk", "code:METHOD_NOT_ALLOWED"))
                .startsWith("HTTP/1.1 405 ")
                .endsWith("code:METHOD_NOT_ALLOWED");
    }

    @Test
    void saysItPlainlyOutsideOfEveryDialect() throws IOException {
        assertThat(answer("/nothing", "path.\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("There is nothing at this path.\n");
    }

    @Test
    void saysNothingOfADefectsInside() throws IOException {
        assertThat(answer("/v1/broken", "code:INTERNAL"))
                .startsWith("HTTP/1.1 500 ")
                .endsWith("code:INTERNAL");
        assertThat(answer("/broken", "x-request-id.\n"))
                .startsWith("HTTP/1.1 503 ")
                .doesNotContain("inside", "Exception", "dev.gatehouse")
                .endsWith("x-request-id.\n");
    }

    private String answer(String path, String end) throws IOException {
        try (RawClient client = RawClient.to(edge.url())) {
            return client.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n").readTo(end);
        }
    }

    private void restart(TestEdge other) {
        edge.close();
        edge = other;
    }
}
