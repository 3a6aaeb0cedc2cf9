package dev.gatehouse.bench.node;

import static dev.gatehouse.bench.node.NodeCaller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The mock node against the examples of {@code docs/node-protocol/}, over HTTP. */
@Timeout(30)
final class NodeProtocolTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String REQUEST = new String(Fixtures.bytes("run-request.json"), StandardCharsets.UTF_8);

    private MockNode node;
    private FakeGateway gateway;
    private Registration registration;
    private NodeCaller caller;

    @BeforeEach
    void start() throws Exception {
        node = MockNode.start(NodeCaller.NODE, "tiny-moe");
        gateway = new FakeGateway(200);
        registration = node.register(gateway.url(), SECRET);
        caller = new NodeCaller(node.url(), SECRET);
    }

    @AfterEach
    void stop() {
        caller.close();
        registration.close();
        gateway.close();
        node.close();
    }

    @Test
    void registersWithATicketOverItsBodyAndReportsAgain() throws Exception {
        FakeGateway.Put first = gateway.next();
        Claims claims =
                NodeKey.derive(SECRET, NodeCaller.NODE).verify(first.ticket()).orElseThrow();

        assertThat(first.path()).isEqualTo("/node/v1/nodes/" + NodeCaller.NODE);
        assertThat(claims.verb()).isEqualTo("register");
        assertThat(claims.sha256()).isEqualTo(NodeKey.sha256(first.body()));
        assertThat(Shape.of(JSON.readTree(first.body()))).isEqualTo(Shape.of(Fixtures.json("registration.json")));
        assertThat(gateway.next().path()).isEqualTo(first.path());
    }

    @Test
    void tellsWhyAGatewayDidNotTakeTheNode() throws Exception {
        try (FakeGateway refusing = new FakeGateway(401)) {
            assertThatThrownBy(() -> node.register(refusing.url(), SECRET))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401");
        }
    }

    /** It caches nothing, so it has no use for a tenant's secrets. */
    @Test
    void readsTheExampleOfClaimsButForItsTenant() {
        NodeKey key = NodeKey.derive(SECRET, "worker-1");
        Claims claims = JSON.readValue(Fixtures.bytes("run-claims.json"), Claims.class);

        assertThat(key.verify(key.sign(claims))).contains(claims);
        assertThat(Shape.of(JSON.valueToTree(claims)))
                .isEqualTo(Shape.of(withoutTenant(Fixtures.json("run-claims.json"))));
    }

    @Test
    void framesHaveTheShapeOfTheExamples() {
        HttpResponse<String> response = caller.run(1, 256, REQUEST);
        List<JsonNode> frames = frames(response.body());

        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        assertThat(frames).hasSize(16 + 2);
        assertThat(Shape.of(frames.get(0))).isEqualTo(Shape.of(withContent(Fixtures.json("first-chunk.json"))));
        assertThat(Shape.of(frames.get(1))).isEqualTo(Shape.of(Fixtures.json("content-chunk.json")));
        assertThat(Shape.of(frames.get(16))).isEqualTo(Shape.of(withoutIds(Fixtures.json("finish-chunk.json"))));
        assertThat(Shape.of(frames.get(17))).isEqualTo(Shape.of(Fixtures.json("usage-chunk.json")));
    }

    @Test
    void everyFrameEndsWithGhAndCountsUpToTheUsage() {
        String body = caller.run(1, 256, REQUEST).body();

        assertThat(body.lines().filter(line -> line.startsWith("data: {")))
                .allSatisfy(line ->
                        assertThat(line.substring(line.lastIndexOf(",\"gh\":"))).startsWith(",\"gh\":{\"at\":"));
        assertThat(frames(body).stream()
                        .limit(16)
                        .map(frame -> frame.at("/gh/at").asInt()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(frames(body).getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(16);
    }

    @Test
    void theRecordHasTheShapeOfTheExample() {
        caller.run(1, 256, REQUEST);

        JsonNode record = json(caller.record(1));

        assertThat(Shape.of(record)).isEqualTo(Shape.of(Fixtures.json("record.json")));
        assertThat(record.path("reason").asString()).isEqualTo("stop");
        assertThat(json(caller.recover(NodeCaller.INTENT)).path("exchanges")).containsExactly(record);
        assertThat(json(caller.recover("another")).path("exchanges")).isEmpty();
    }

    @Test
    void aSecondPostOfAnIdIsRefused() {
        caller.run(1, 256, REQUEST);

        HttpResponse<String> second = caller.run(1, 256, REQUEST);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(json(second).at("/error/code").asString()).isEqualTo("exchange_exists");
    }

    @Test
    void refusesTicketsThatAreNotMadeForThisCall() {
        Claims good = NodeCaller.claims("run", 1, 256, REQUEST);
        Claims late = new Claims("run", good.intent(), 1, good.node(), 256, good.sha256(), 1);
        Claims foreign = new Claims("run", good.intent(), 1, "another", 256, good.sha256(), good.exp());
        NodeKey key = NodeKey.derive(SECRET, NodeCaller.NODE);
        NodeKey stranger = NodeKey.derive(SECRET, "another");

        assertThat(List.of(
                        "",
                        "garbage",
                        key.sign(late),
                        key.sign(foreign),
                        stranger.sign(good),
                        key.sign(NodeCaller.claims("run", 2, 256, REQUEST)),
                        key.sign(NodeCaller.claims("stop", 1, 0, REQUEST)),
                        key.sign(NodeCaller.claims("run", 1, 256, REQUEST + " "))))
                .allSatisfy(ticket -> assertThat(caller.callWith(ticket, "POST", NodeCaller.exchange(1), REQUEST)
                                .statusCode())
                        .isEqualTo(401));
    }

    @Test
    void pausesAtItsCapUntilTheCapIsRaised() throws Exception {
        try (BufferedReader lines = reader(caller.open(1, 4, REQUEST))) {
            for (int i = 0; i < 4; i++) {
                assertThat(nextFrame(lines).at("/gh/at").asInt()).isEqualTo(i + 1);
            }
            assertThat(json(caller.record(1)).path("state").asString()).isEqualTo("running");
            assertThat(json(caller.cap(1, 2, "{\"cap\":2}")).path("cap").asInt())
                    .isEqualTo(4);
            assertThat(json(caller.cap(1, 16, "{\"cap\":16}")).path("cap").asInt())
                    .isEqualTo(16);
            assertThat(lines.lines().filter(line -> line.startsWith("data: {"))).hasSize(12 + 2);
        }
        assertThat(json(caller.record(1)).path("reason").asString()).isEqualTo("stop");
    }

    @Test
    void aFinalCapEndsItWithLength() throws Exception {
        try (BufferedReader lines = reader(caller.open(1, 4, REQUEST))) {
            nextFrame(lines);
            caller.cap(1, 4, "{\"cap\":4,\"final\":true}");
            assertThat(lines.lines().toList()).anyMatch(line -> line.contains("\"finish_reason\":\"length\""));
        }
        assertThat(json(caller.record(1)).at("/usage/completion_tokens").asInt())
                .isEqualTo(4);
    }

    @Test
    void deleteStopsItAndAnswersItsRecord() throws Exception {
        Sighting sighting = node.watch("delete");
        String request = request(Script.paced(1_000, 50).tagged("delete"));
        try (InputStream stream = caller.open(1, 1_000, request).body()) {
            assertThat(stream.read()).isEqualTo('d');
            JsonNode record = json(caller.stop(1));

            assertThat(record.path("state").asString()).isEqualTo("ended");
            assertThat(record.path("reason").asString()).isEqualTo("cancelled");
            assertThat(sighting.stopped()).isDone();
        }
        assertThat(json(caller.stop(1)).path("reason").asString()).isEqualTo("cancelled");
        assertThat(caller.stop(2).statusCode()).isEqualTo(404);
    }

    @Test
    void aClosedSocketStopsItToo() throws Exception {
        Sighting sighting = node.watch("close");
        caller.open(1, 1_000, request(Script.paced(1_000, 30_000).tagged("close")))
                .body()
                .close();

        sighting.stopped().get(10, TimeUnit.SECONDS);

        assertThat(json(caller.record(1)).path("reason").asString()).isEqualTo("disconnected");
    }

    @Test
    void aDrainingNodeTakesNothingNew() {
        assertThat(json(caller.turn("drain")).path("state").asString()).isEqualTo("draining");
        assertThat(json(caller.run(1, 256, REQUEST)).at("/error/code").asString())
                .isEqualTo("node_draining");
        assertThat(json(caller.turn("undrain")).path("state").asString()).isEqualTo("ready");
        assertThat(caller.run(1, 256, REQUEST).statusCode()).isEqualTo(200);
    }

    @Test
    void aTicketToDrainIsNoneToUndrain() {
        assertThat(caller.turn("undrain", "drain").statusCode()).isEqualTo(401);
        assertThat(caller.turn("drain", "undrain").statusCode()).isEqualTo(401);
        assertThat(json(caller.turn("undrain")).path("state").asString()).isEqualTo("ready");
    }

    private static String request(Script script) {
        return "{\"model\":\"tiny-moe\",\"messages\":[{\"role\":\"user\",\"content\":"
                + JSON.writeValueAsString(script.toJson()) + "}]}";
    }

    private static List<JsonNode> frames(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring("data: ".length())))
                .toList();
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode nextFrame(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        lines.readLine();
        return JSON.readTree(line.substring("data: ".length()));
    }

    /** The mock has no thinking: where the example has some it has text. */
    private static JsonNode withContent(JsonNode example) {
        return JSON.readTree(example.toString().replace("reasoning_content", "content"));
    }

    /** The mock generates no end token. */
    private static JsonNode withoutTenant(JsonNode claims) {
        ((ObjectNode) claims).remove("tenant");
        return claims;
    }

    private static JsonNode withoutIds(JsonNode example) {
        return JSON.readTree(example.toString().replaceAll("\"ids\":\\[[^]]*]", "\"ids\":[]"));
    }
}
