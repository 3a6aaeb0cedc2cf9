package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.gatehouse.gateway.audit.Orphans;
import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.backend.Recalled;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
final class NodeRecollectionTest {

    private static final NodeProperties PROPERTIES = new NodeProperties(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    private static final String ENDED = new String(NodeProtocol.example("record.json"), StandardCharsets.UTF_8);

    private static final AtomicInteger QUESTIONS = new AtomicInteger();
    private static volatile HttpResponse answer = HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
    private static Server node;

    private final FakeNodeDirectory directory = new FakeNodeDirectory();
    private final Ticket ticket = Orphans.at(Instant.now()).ticket();
    private final NodeRecollection recollection = new NodeRecollection(
            directory,
            new NodeCall(new NodeConnections(PROPERTIES), PROPERTIES, TenantSecretsTest.SECRETS, Clock.systemUTC()),
            JsonMapper.shared());

    @BeforeAll
    static void start() {
        node = Server.builder()
                .service("/node/v1/exchanges", (context, request) -> {
                    QUESTIONS.incrementAndGet();
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
        QUESTIONS.set(0);
        answer = HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
        directory.add(Registrations.ready("worker-1", node.activeLocalPort()));
    }

    @Test
    void isNeverCompleteWithoutNodes() {
        directory.clear();
        assertThat(recall()).isEqualTo(new Recalled(List.of(), false));
    }

    @Test
    void isCompleteWhenEveryNodeThatIsKnownHasAnswered() {
        says("{\"exchanges\":[" + ENDED + "]}");
        Recalled recalled = recall();
        assertThat(recalled.complete()).isTrue();
        assertThat(recalled.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.usage().exact()).isTrue());
    }

    @Test
    void isNotCompleteWhileANodeOfTheDirectoryDoesNotAnswer() throws IOException {
        says("{\"exchanges\":[]}");
        directory.add(Registrations.ready("worker-2", closedPort()));
        assertThat(recall().complete()).isFalse();
    }

    @Test
    void isNeitherCompleteNorExactWhileANodeIsStillAtIt() {
        says("{\"exchanges\":[" + ENDED.replace("\"ended\"", "\"running\"") + "]}");
        Recalled recalled = recall();
        assertThat(recalled.complete()).isFalse();
        assertThat(recalled.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.usage().exact()).isFalse());
    }

    @Test
    void asksANodeThatFailedNoMoreInTheSameRound() {
        var round = recollection.inquire();
        assertThat(round.recall(ticket).complete()).isFalse();
        assertThat(round.recall(ticket).complete()).isFalse();
        assertThat(QUESTIONS).hasValue(1);
    }

    private Recalled recall() {
        return recollection.inquire().recall(ticket);
    }

    private void says(String body) {
        answer = HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, body);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0)) {
            return gone.getLocalPort();
        }
    }
}
