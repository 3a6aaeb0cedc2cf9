package dev.gatehouse.gateway.metering.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.access.web.Caller;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.metering.MeteringFixture;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What the console asks, through the public port of a whole gateway. */
@Timeout(120)
final class TrafficApiTest {

    private static final UUID ACME = new UUID(1, 0x7000);
    private static final UUID OTHER = new UUID(2, 0x7000);
    private static final Instant BEGIN =
            Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    private static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Server node;
    private static Caller owner;
    private static Caller tenants;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        run("""
                INSERT INTO tenants (id, name) VALUES ('%1$s', 'acme'), ('%2$s', 'other');
                INSERT INTO projects (id, tenant, name) VALUES ('%1$s', '%1$s', 'assistants'), ('%2$s', '%2$s', 'search');
                INSERT INTO keys (id, tenant, project, name) VALUES ('%1$s', '%1$s', '%1$s', 'laptop'), ('%2$s', '%2$s', '%2$s', 'robot');
                INSERT INTO models (name, owned_by) VALUES ('tiny-moe', 'gatehouse');
                INSERT INTO routes (model, kind, upstream) SELECT id, 'nodes', name FROM models;
                INSERT INTO prices (model, valid_from, uncached, cached, output, per_call) SELECT id, now() - interval '1 day', 10, 1, 100, 7 FROM models;
                INSERT INTO tariffs (valid_from, node_hour) VALUES (now() - interval '1 day', 2000)""".formatted(ACME, OTHER));
        TestUsers.add(gateway, "olga", Role.OWNER, Optional.empty(), GatewayStart.PASSWORD);
        TestUsers.add(gateway, "acmes", Role.OWNER, Optional.of(new TenantId(ACME)), GatewayStart.PASSWORD);
        url = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        owner = new Caller(url, "olga", GatewayStart.PASSWORD);
        tenants = new Caller(url, "acmes", GatewayStart.PASSWORD);
        node = startNode();
        registerNode();
        for (int i = 0; i < 10; i++) {
            ended(i, i < 4 ? OTHER : ACME, i == 9 ? "failed" : "completed");
        }
        intent(100, ACME);
        MeteringFixture.sumUp(gateway);
    }

    private static Server startNode() {
        Server server = Server.builder()
                .serviceUnder("/node/v1", (_, request) -> {
                    String ticket = Objects.requireNonNull(request.headers().get("gh-ticket"));
                    byte[] claims = Base64.getUrlDecoder().decode(ticket.substring(0, ticket.indexOf('.')));
                    TOLD.add(request.path() + " " + new String(claims, StandardCharsets.UTF_8));
                    boolean drained = request.path().endsWith("/drain");
                    return HttpResponse.of(
                            drained ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK,
                            MediaType.JSON_UTF_8,
                            "{\"state\":\"" + (drained ? "draining" : "ready") + "\"}");
                })
                .build();
        server.start().join();
        return server;
    }

    private static void registerNode() throws SQLException {
        run("""
                INSERT INTO nodes (name, heard_at, registration) VALUES ('worker-1', now() + interval '1 hour', '{"url":"http://127.0.0.1:%d",
                    "version":"1","build":"b","slots":4,"kvTokens":100,"state":"ready","models":[{"id":"tiny-moe","sha256":"00","context":256,"vocab":9}],
                    "load":{"running":1,"waiting":0,"kvUsed":9,"tokensPerSecond":12.5}}')""".formatted(node.activeLocalPort()));
    }

    @AfterAll
    static void stop() {
        node.stop().join();
        gateway.close();
        database.close();
    }

    @Test
    void aRequestIsToldWithItsNamesLinesAndWhatItsChargeIsMadeOf() {
        String id = ok(owner.get("/requests?key=" + ACME + "&kind=completed&limit=1"))
                .path("items")
                .path(0)
                .path("id")
                .asString();
        JsonNode detail = ok(owner.get("/requests/" + id));
        assertThat(detail.path("open").asBoolean()).isFalse();
        assertThat(detail.at("/request/tenantName").asString()).isEqualTo("acme");
        assertThat(detail.at("/request/projectName").asString()).isEqualTo("assistants");
        assertThat(detail.at("/request/keyName").asString()).isEqualTo("laptop");
        assertThat(detail.at("/intent/bodySha256").asString()).hasSize(64);
        assertThat(detail.at("/times/prefillMs").asDouble()).isEqualTo(40);
        assertThat(detail.at("/attempts/0/node").asString()).isEqualTo("worker-1");
        assertThat(detail.path("lines")).hasSize(1);
        long sum = 0;
        for (JsonNode line : detail.path("cost")) {
            sum += line.path("chargeNano").asLong();
        }
        assertThat(sum).isEqualTo(detail.at("/request/chargeNano").asLong()).isEqualTo(20 * 10 + 10 + 5 * 100 + 7);
        assertThat(detail.at("/cost/0/tokenClass").asString()).isEqualTo("uncached");
        assertThat(detail.at("/cost/0/priceNanoPerMillion").asLong()).isEqualTo(10_000_000);
        assertThat(detail.at("/guard/coverage/bytes").asLong()).isEqualTo(12);
    }

    @Test
    void aRequestThatIsUnderWayIsOpen() {
        JsonNode detail = ok(tenants.get("/requests/" + id(100)));
        assertThat(detail.path("open").asBoolean()).isTrue();
        assertThat(detail.at("/request/kind").asString()).isEqualTo("open");
        assertThat(detail.at("/request/recorded").isNull()).isTrue();
        assertThat(detail.path("times").isNull()).isTrue();
        assertThat(owner.get("/requests/" + new UUID(0, 0)).statusCode()).isEqualTo(404);
    }

    @Test
    void whatBelongsToAnotherTenantIsNotThere() {
        assertThat(tenants.get("/requests/" + id(0)).statusCode()).isEqualTo(404);
        assertThat(ok(owner.get("/requests/" + id(0))).at("/request/tenantName").asString())
                .isEqualTo("other");
        assertThat(ok(tenants.get("/overview?until=" + BEGIN.plusSeconds(100)))
                        .path("requests")
                        .asLong())
                .isEqualTo(6);
        assertThat(ok(tenants.get("/overview")).path("nodesReady").isNull()).isTrue();
        assertThat(tenants.get("/nodes").statusCode()).isEqualTo(403);
        assertThat(tenants.send("POST", "/nodes/worker-1/drain", null).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aHistogramCountsEachEndAndHasZeroInItsGaps() {
        JsonNode histogram =
                ok(owner.get("/requests/histogram?buckets=10&from=" + BEGIN + "&until=" + BEGIN.plusSeconds(100)));
        assertThat(histogram.path("bucketSeconds").asLong()).isEqualTo(10);
        long completed = 0;
        long failed = 0;
        for (JsonNode bucket : histogram.path("buckets")) {
            completed += bucket.path("completed").asLong();
            failed += bucket.path("failed").asLong();
        }
        assertThat(completed).isEqualTo(9);
        assertThat(failed).isOne();
        assertThat(histogram.path("buckets").path(9).path("completed").asLong()).isZero();
        assertThat(owner.get("/requests/histogram?buckets=0").statusCode()).isEqualTo(400);
        assertThat(owner.get("/requests/histogram?dialect=latin").statusCode()).isEqualTo(400);
    }

    @Test
    void seriesAndOverviewCountTheSameAndTellOfFailures() {
        String span = "?from=" + BEGIN.minusSeconds(1) + "&until=" + BEGIN.plusSeconds(100);
        JsonNode overview = ok(owner.get("/overview" + span));
        assertThat(overview.path("requests").asLong()).isEqualTo(10);
        assertThat(overview.path("failed").asLong()).isOne();
        assertThat(overview.path("firstTokenP50Ms").asDouble()).isEqualTo(50);
        assertThat(overview.at("/failures/0/code").asString()).isEqualTo("upstream_lost");
        assertThat(overview.at("/failures/0/example").asString()).isEqualTo(id(9).toString());
        assertThat(overview.at("/month/chargeNano").asLong()).isPositive();
        assertThat(overview.at("/firstRun/requestSeen").asBoolean()).isTrue();
        assertThat(overview.at("/firstRun/keyMade").asBoolean()).isTrue();
        long requests = 0;
        long tokens = 0;
        for (JsonNode bucket : ok(owner.get("/series" + span)).path("buckets")) {
            requests += bucket.path("requests").asLong();
            tokens += bucket.path("outputTokens").asLong();
        }
        assertThat(requests).isEqualTo(10);
        assertThat(tokens).isEqualTo(overview.path("outputTokens").asLong()).isEqualTo(50);
    }

    @Test
    void aNodeIsDrainedWithATicketAndTheActIsWritten() {
        JsonNode before = ok(owner.get("/nodes/worker-1"));
        assertThat(before.path("costNanoPerHour").asLong()).isEqualTo(2_000);
        assertThat(before.path("kvUsed").asLong()).isEqualTo(9);

        assertThat(ok(owner.send("POST", "/nodes/worker-1/drain", null))
                        .path("state")
                        .asString())
                .isEqualTo("draining");
        assertThat(TOLD.poll())
                .startsWith("/node/v1/drain ")
                .contains("\"verb\":\"drain\",\"intent\":\"\",\"attempt\":0,\"node\":\"worker-1\"");
        assertThat(ok(owner.send("POST", "/nodes/worker-1/undrain", null))
                        .path("state")
                        .asString())
                .isEqualTo("ready");

        JsonNode acts = ok(owner.get(
                        "/acts?what=node&actor=olga&target=" + before.path("id").asString()))
                .path("items");
        assertThat(acts).hasSize(2);
        assertThat(acts.path(0).path("what").asString()).isEqualTo("node.undrain");
        assertThat(acts.path(1).at("/after/state").asString()).isEqualTo("draining");
        assertThat(ok(tenants.get("/acts?what=node")).path("items")).isEmpty();
        assertThat(owner.send("POST", "/nodes/worker-9/drain", null).statusCode())
                .isEqualTo(404);
        assertThat(ok(owner.get("/series")).path("events").path(0).path("label").asString())
                .isNotEmpty();
    }

    @Test
    void modelsAreListedWithTheirNodesAndPrice() {
        JsonNode model = ok(tenants.get("/models")).path("items").path(0);
        assertThat(model.path("id").asString()).isEqualTo("tiny-moe");
        assertThat(model.path("context").asLong()).isEqualTo(256);
        assertThat(model.at("/price/perMillionTokens/output").asString()).isEqualTo("0.10");
    }

    @Test
    void usageIsLabelledAndTotalledByTheServer() {
        JsonNode page = ok(owner.get("/usage?by=project&limit=1&from=" + BEGIN.minus(Duration.ofHours(2))));
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("items").path(0).path("label").asString()).isEqualTo("assistants");
        assertThat(page.at("/total/requests").asLong()).isEqualTo(10);
        JsonNode rest = ok(owner.get("/usage?by=project&limit=1&from=" + BEGIN.minus(Duration.ofHours(2)) + "&cursor="
                + page.path("next").asString()));
        assertThat(rest.path("items").path(0).path("label").asString()).isEqualTo("search");
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(ok(owner.get("/usage/forecast?tenant=" + ACME))
                        .path("spentNano")
                        .asLong())
                .isPositive();
        assertThat(owner.get("/usage?by=key&cursor=!").statusCode()).isEqualTo(400);
    }

    @Test
    void endedRequestsAreToldThroughThePublicPortWhileTheStreamGoesOn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/requests/live?model=live"))
                .header(
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                ("acmes:" + GatewayStart.PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .build();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> stream = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            Thread.ofVirtual().start(() -> {
                for (Iterator<String> all = stream.iterator(); all.hasNext(); ) {
                    lines.add(all.next());
                }
            });
            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("event:ping");
            UUID other = new UUID(Instant.now().toEpochMilli() << 16 | 0x7001, Long.MIN_VALUE);
            UUID ours = new UUID(Instant.now().toEpochMilli() << 16 | 0x7002, Long.MIN_VALUE);
            ended(other, OTHER, "left", "live");
            ended(ours, ACME, "left", "live");
            String line = "";
            while (!line.startsWith("data:{\"id\"")) {
                line = Objects.requireNonNull(lines.poll(20, TimeUnit.SECONDS), "no event came");
            }
            assertThat(line).contains(ours.toString(), "\"kind\":\"left\"", "\"keyName\":\"laptop\"");
            client.shutdownNow();
        }
    }

    private static JsonNode ok(java.net.http.HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer);
    }

    private static UUID id(int number) {
        return new UUID(BEGIN.plusSeconds(number).toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE | number);
    }

    private static void intent(int number, UUID tenant) throws SQLException {
        intent(id(number), tenant, "tiny-moe");
    }

    private static void ended(int number, UUID tenant, String kind) throws SQLException {
        ended(id(number), tenant, kind, "tiny-moe");
    }

    private static void intent(UUID id, UUID tenant, String model) throws SQLException {
        run("""
                INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
                VALUES ('%1$s', '%2$s', '%2$s', '%2$s', 'openai', '%3$s', 1, 1, '::1', sha256(''), 'g', 1)""".formatted(id, tenant, model));
    }

    private static void ended(UUID id, UUID tenant, String kind, String model) throws SQLException {
        intent(id, tenant, model);
        run("""
                INSERT INTO outcomes (intent, tenant, project, key, model, dialect, kind, code, policy, coverage, attempts, prompt_tokens, cached_tokens,
                    completion_tokens, reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, first_token_ms, total_ms, charge_nano)
                VALUES ('%1$s', '%2$s', '%2$s', '%2$s', '%4$s', 'openai', '%3$s', %5$s, '1', '{"bytes":12}',
                    '[{"node":"worker-1","attempt":1,"prompt_tokens":30,"cached_tokens":10,"completion_tokens":5,"exact":true}]',
                    30, 10, 5, 0, true, 1, 40, 60, 1, 50, 120, 717);
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                VALUES ('%1$s', 1, 'usage', '%2$s', '%2$s', '%2$s', '%4$s', 'worker-1', 1, 30, 10, 5, 0, true, true, 717, 0)
                """.formatted(id, tenant, kind, model, kind.equals("failed") ? "'upstream_lost'" : "NULL"));
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
