package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
final class NodeRecordsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NodeProperties PROPERTIES =
            new NodeProperties(SECOND, SECOND.multipliedBy(15), SECOND, SECOND, SECOND);
    private static final NodeName NODE = new NodeName("worker-1");

    /** Of the example of claims, less the time that a ticket is good for. */
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1795500060 - 30), ZoneOffset.UTC);

    private static final BlockingQueue<String> ASKED = new LinkedBlockingQueue<>();
    private static volatile HttpResponse answer = HttpResponse.of(HttpStatus.OK);
    private static Server node;

    private final FakeNodeDirectory directory = new FakeNodeDirectory();
    private final NodeRecords records = new NodeRecords(
            directory,
            new NodeCall(new NodeConnections(PROPERTIES), PROPERTIES, TenantSecretsTest.SECRETS, CLOCK),
            new Signatures(),
            JsonMapper.shared());

    private static final class Signatures implements NodeSignatures {

        @Override
        public byte[] sign(NodeName name, byte[] claims) {
            return claims;
        }

        @Override
        public boolean verify(NodeName name, byte[] claims, byte[] mac) {
            throw new AssertionError("nothing is verified here");
        }
    }

    @BeforeAll
    static void start() {
        node = Server.builder()
                .serviceUnder("/node/v1", (context, request) -> {
                    String claims = Objects.requireNonNull(request.headers().get("gh-ticket"));
                    byte[] json = Base64.getUrlDecoder().decode(claims.substring(0, claims.indexOf('.')));
                    ASKED.add(request.path() + " " + new String(json, StandardCharsets.UTF_8));
                    return answer;
                })
                .build();
        node.start().join();
    }

    @AfterAll
    static void stop() {
        node.stop().join();
    }

    @BeforeEach
    void register() {
        ASKED.clear();
        directory.add(Registrations.ready("worker-1", node.activeLocalPort()));
    }

    @Test
    void signsItsClaimsAndReadsTotalsAsTheProtocolHasThem() {
        says(example("totals.json"));
        assertThat(records.total(NODE, Instant.ofEpochMilli(5), Instant.ofEpochMilli(9)))
                .contains(new Total(2, 28, 4, 44, 32));
        assertThat(ASKED.poll()).isEqualTo("/node/v1/exchanges/totals?from=5&until=9 " + example("totals-claims.json"));
    }

    @Test
    void sumsTheAttemptsOfARequestThatHaveEnded() {
        String ended = example("record.json");
        says("{\"exchanges\":[" + ended + "," + ended + "," + ended.replace("\"ended\"", "\"running\"") + "]}");
        IntentId intent = IntentId.next(CLOCK);
        assertThat(records.total(NODE, intent)).contains(new Total(2, 28, 0, 44, 32));
        assertThat(ASKED.poll()).startsWith("/node/v1/exchanges?intent=" + intent);
    }

    @Test
    void saysNothingOfANodeThatDoesNotAnswerOrIsNotKnown() {
        answer = HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(records.total(NODE, Instant.EPOCH, Instant.now())).isEmpty();
        assertThat(records.total(new NodeName("worker-9"), Instant.EPOCH, Instant.now()))
                .isEmpty();
        assertThat(records.nodes()).containsExactly(NODE);
    }

    private static String example(String name) {
        return new String(NodeProtocol.example(name), StandardCharsets.UTF_8).strip();
    }

    private static void says(String body) {
        answer = HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, body);
    }
}
