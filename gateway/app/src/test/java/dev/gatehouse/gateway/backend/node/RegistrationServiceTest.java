package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
final class RegistrationServiceTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Time TIME = new Time(Instant.parse("2026-01-01T00:00:00Z"));
    private static final FakeNodeDirectory DIRECTORY = new FakeNodeDirectory();

    private static Server gateway;
    private static BlockingWebClient node;

    /** Takes every signature for good. */
    private static final class AnySignature implements NodeSignatures {

        @Override
        public byte[] sign(NodeName node, byte[] claims) {
            return claims;
        }

        @Override
        public boolean verify(NodeName node, byte[] claims, byte[] mac) {
            return true;
        }
    }

    @BeforeAll
    static void start() {
        Duration second = Duration.ofSeconds(1);
        NodeProperties properties = new NodeProperties(second.multipliedBy(5), second, second, second, second);
        RegistrationTickets tickets = new RegistrationTickets(new AnySignature(), TIME, JSON);
        ServerBuilder server = Server.builder();
        new RegistrationService(new NodeRegistry(DIRECTORY, properties, TIME), tickets, properties).register(server);
        gateway = server.build();
        gateway.start().join();
        node = BlockingWebClient.of("http://127.0.0.1:" + gateway.activeLocalPort());
    }

    @AfterAll
    static void stop() {
        gateway.stop().join();
    }

    @BeforeEach
    void empty() {
        DIRECTORY.clear();
        DIRECTORY.away = false;
    }

    @Test
    void takesTheProtocolsExample() {
        AggregatedHttpResponse answer = put(example());
        assertThat(answer.status()).isEqualTo(HttpStatus.OK);
        assertThat(answer.contentUtf8()).isEqualTo("{\"every\":5}");
        assertThat(DIRECTORY.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "version", "build", "models", "slots", "kvTokens", "state", "load"})
    void refusesARegistrationWithoutAMember(String member) {
        ObjectNode without = (ObjectNode) JSON.readTree(example());
        without.remove(member);
        refused(JSON.writeValueAsBytes(without));
        refused(JSON.writeValueAsBytes(without.putNull(member)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "sha256", "context", "vocab"})
    void refusesAModelWithoutAMember(String member) {
        ObjectNode without = (ObjectNode) JSON.readTree(example());
        ((ObjectNode) without.path("models").get(0)).remove(member);
        refused(JSON.writeValueAsBytes(without));
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "waiting", "kvUsed", "tokensPerSecond"})
    void refusesALoadWithoutAMember(String member) {
        ObjectNode without = (ObjectNode) JSON.readTree(example());
        ((ObjectNode) without.path("load")).remove(member);
        refused(JSON.writeValueAsBytes(without));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7"})
    void refusesWhatIsNoRegistration(String body) {
        refused(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAModelThatIsNull() {
        ObjectNode with = (ObjectNode) JSON.readTree(example());
        with.putArray("models").addNull();
        refused(JSON.writeValueAsBytes(with));
    }

    @Test
    void saysThatItIsUnavailableWhenTheDatabaseIsAway() {
        DIRECTORY.away = true;
        assertThat(put(example()).status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    private static void refused(byte[] body) {
        assertThat(put(body).status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(DIRECTORY.all()).isEqualTo(List.of());
    }

    private static AggregatedHttpResponse put(byte[] body) {
        RequestHeaders headers = RequestHeaders.builder(HttpMethod.PUT, "/node/v1/nodes/worker-1")
                .contentType(MediaType.JSON)
                .set(Claims.HEADER, ticket(body))
                .build();
        return node.execute(HttpRequest.of(headers, HttpData.wrap(body)));
    }

    private static String ticket(byte[] body) {
        String claims = "{\"verb\":\"register\",\"node\":\"worker-1\",\"sha256\":\"" + Sha256.hex(body) + "\",\"exp\":"
                + (TIME.instant().getEpochSecond() + 30) + "}";
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".bWFj";
    }

    private static byte[] example() {
        return NodeProtocol.example("registration.json");
    }
}
