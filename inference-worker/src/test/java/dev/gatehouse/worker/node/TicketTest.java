package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.node.TestGateway.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class TicketTest {

    private static final String ID = TestNode.newId();
    private static final String BODY = TestGateway.chat("hello");
    private static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

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

    static Stream<Arguments> wrongTickets() {
        byte[] otherKey = TestGateway.KEY.clone();
        otherKey[0] ^= 1;
        String good = TestGateway.sign(run(), TestGateway.KEY);
        String claims = good.substring(0, good.indexOf('.'));
        return Stream.of(
                Arguments.of("is missing", ""),
                Arguments.of("has no signature", claims),
                Arguments.of("is no base64", "%%%.%%%"),
                Arguments.of("has an empty signature", claims + "."),
                Arguments.of("is signed with another key", TestGateway.sign(run(), otherKey)),
                Arguments.of("has another ticket's signature", claims + mac(run().put("cap", 11))),
                Arguments.of("is for another node", signed(run().put("node", "worker-2"))),
                Arguments.of(
                        "has expired", signed(run().put("exp", Instant.now().getEpochSecond() - 1))),
                Arguments.of(
                        "is good for too long",
                        signed(run().put("exp", Instant.now().getEpochSecond() + 120))),
                Arguments.of("allows something else", signed(run().put("verb", "record"))),
                Arguments.of("is about another intent", signed(run().put("intent", TestNode.newIntent()))),
                Arguments.of("is about another attempt", signed(run().put("attempt", 2))),
                Arguments.of("is for another body", signed(run().put("sha256", TestGateway.sha256("other")))),
                Arguments.of(
                        "has an upper-case hash",
                        signed(run().put("sha256", TestGateway.sha256(BODY).toUpperCase(Locale.ROOT)))),
                Arguments.of("lacks a claim", signed((ObjectNode) run().remove(List.of("cap")))),
                Arguments.of("has a claim of a wrong type", signed(run().put("cap", "10"))),
                Arguments.of("has an unknown priority", signed(run().put("priority", "urgent"))),
                Arguments.of("has a tenant that is none", signed(run().put("tenant", "x"))),
                Arguments.of("has a tenant without a key", signed(tenant("salt", SECRET))),
                Arguments.of("has a tenant whose key is short", signed(tenant("salt", SECRET, "kvKey", "AAAA"))),
                Arguments.of("has a tenant whose salt is no base64", signed(tenant("salt", "%", "kvKey", SECRET))));
    }

    private static ObjectNode tenant(String... members) {
        ObjectNode claims = run();
        ObjectNode tenant = claims.putObject("tenant");
        for (int i = 0; i < members.length; i += 2) {
            tenant.put(members[i], members[i + 1]);
        }
        return claims;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTickets")
    void refusesATicketThat(String flaw, String ticket) throws Exception {
        Answer answer = node.gateway.call("POST", "/node/v1/exchanges/" + ID, ticket, BODY);

        assertThat(answer.status()).as(flaw).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("ticket_invalid");
        assertThat(node.gateway.record(ID).status()).isEqualTo(404);
    }

    @Test
    void takesTheTicketThatHasNoFlaw() throws Exception {
        String id = TestNode.newId();

        assertThat(node.gateway.run(id, 10, BODY).status()).isEqualTo(200);
    }

    @Test
    void takesATicketToDrainForNothingElse() throws Exception {
        String drain = signed(TestGateway.claims("drain", "", 0, ""));

        assertThat(node.gateway.call("POST", "/node/v1/undrain", drain, "").code())
                .isEqualTo("ticket_invalid");
    }

    @Test
    void refusesACapThatIsNotTheTickets() throws Exception {
        String body = "{\"cap\":1000}";
        ObjectNode claims = TestGateway.claims("cap", ID, 10, body);

        Answer answer = node.gateway.call("PATCH", "/node/v1/exchanges/" + ID, signed(claims), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").stringValue()).isEqualTo("cap");
    }

    @Test
    void wantsATicketForEachOtherCall() throws Exception {
        assertThat(node.gateway.call("GET", "/node/v1/exchanges/" + ID, "", "").status())
                .isEqualTo(401);
        assertThat(node.gateway
                        .call("DELETE", "/node/v1/exchanges/" + ID, "", "")
                        .status())
                .isEqualTo(401);
        assertThat(node.gateway
                        .call("PATCH", "/node/v1/exchanges/" + ID, "", "{\"cap\":1}")
                        .status())
                .isEqualTo(401);
        assertThat(node.gateway
                        .call("GET", "/node/v1/exchanges?intent=" + TestNode.newIntent(), "", "")
                        .status())
                .isEqualTo(401);
        assertThat(node.gateway.call("POST", "/node/v1/drain", "", "").status()).isEqualTo(401);
        assertThat(node.gateway.call("POST", "/node/v1/undrain", "", "").status())
                .isEqualTo(401);
    }

    @Test
    void servesNoPlainChats() throws Exception {
        assertThat(node.gateway.call("POST", "/v1/chat/completions", "", BODY).status())
                .isEqualTo(404);
        assertThat(node.gateway.call("GET", "/v1/models", "", "").status()).isEqualTo(404);
    }

    private static ObjectNode run() {
        return TestGateway.claims("run", ID, 10, BODY);
    }

    private static String signed(ObjectNode claims) {
        return TestGateway.sign(claims, TestGateway.KEY);
    }

    private static String mac(ObjectNode claims) {
        byte[] mac = TestGateway.hmac(TestGateway.KEY, TestGateway.JSON.writeValueAsBytes(claims));
        return "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
