package dev.gatehouse.gateway.metering.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.access.web.Caller;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.metering.MeteringFixture;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The books through the public port of a whole gateway. */
@PooledWhenLong
@Timeout(120)
final class BooksApiTest {

    private static final UUID ACME = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Instant BEGIN = Instant.now().minus(Duration.ofHours(2));
    private static final int REQUESTS = 30;

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Caller auditor;
    private static Caller tenants;

    @BeforeAll
    static void start(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        run("INSERT INTO tenants (id, name) VALUES ('%s', 'acme'), ('%s', 'other')".formatted(ACME, OTHER));
        TestUsers.add(gateway, "the-auditor", Role.AUDITOR, Optional.empty(), GatewayStart.PASSWORD);
        TestUsers.add(gateway, "acmes", Role.AUDITOR, Optional.of(new TenantId(ACME)), GatewayStart.PASSWORD);
        String url = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        auditor = new Caller(url, "the-auditor", GatewayStart.PASSWORD);
        tenants = new Caller(url, "acmes", GatewayStart.PASSWORD);
        for (int i = 0; i < REQUESTS; i++) {
            request(i, i % 3 == 0 ? OTHER : ACME, i % 2 == 0 ? "tiny-moe" : "large");
        }
        MeteringFixture.sumUp(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void pagesThroughRequestsTheLatestFirst() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (!cursor.equals("end")) {
            JsonNode page = ok(auditor.get("/requests?limit=7" + cursor));
            page.path("items").forEach(request -> seen.add(request.path("id").asString()));
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : "end";
        }
        assertThat(seen).hasSize(REQUESTS).doesNotHaveDuplicates();
        assertThat(seen).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void showsWhatTheLedgerSaysWithItsCorrections() {
        JsonNode request = ok(auditor.get("/requests?limit=1")).path("items").path(0);
        assertThat(request.path("completionTokens").asLong()).isEqualTo(12);
        assertThat(request.path("chargeNano").asLong()).isEqualTo(120);
        assertThat(request.path("exact").asBoolean()).isTrue();
        assertThat(request.path("nodes").path(0).asString()).isEqualTo("worker-1");
        assertThat(request.path("kind").asString()).isEqualTo("left");
        assertThat(request.path("dialect").asString()).isEqualTo("openai");
    }

    @Test
    void narrowsByTenantModelKindAndTime() {
        assertThat(count(auditor, "?tenant=" + OTHER)).isEqualTo(REQUESTS / 3);
        assertThat(count(auditor, "?model=large")).isEqualTo(REQUESTS / 2);
        assertThat(count(auditor, "?kind=left")).isEqualTo(REQUESTS);
        assertThat(count(auditor, "?kind=completed")).isZero();
        assertThat(count(auditor, "?from=" + BEGIN.plusSeconds(10) + "&until=" + BEGIN.plusSeconds(15)))
                .isEqualTo(5);
        assertThat(auditor.get("/requests?kind=lost").statusCode()).isEqualTo(400);
        assertThat(auditor.get("/requests?from=" + BEGIN + "&until=" + BEGIN).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTenantsUserSeesOnlyItsOwnRequestsAndSums() {
        assertThat(count(tenants, "")).isEqualTo(REQUESTS - REQUESTS / 3);
        assertThat(count(tenants, "?tenant=" + OTHER)).isZero();
        assertThat(ok(tenants.get("/usage?by=tenant")).path("items")).hasSize(1);
        assertThat(tenants.send("POST", "/reconciliations", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void sumsUsageByWhatIsAskedFor() {
        JsonNode byModel = ok(auditor.get("/usage?by=model&from=" + BEGIN.minus(Duration.ofHours(1))));
        assertThat(byModel.path("items")).hasSize(2);
        assertThat(byModel.path("items").path(0).path("requests").asLong()).isEqualTo(REQUESTS / 2);
        assertThat(byModel.path("items").path(0).path("chargeNano").asLong()).isEqualTo(REQUESTS / 2 * 120);
        JsonNode byDay = ok(auditor.get("/usage?by=day&from=" + BEGIN.minus(Duration.ofHours(1))));
        long requests = 0;
        for (JsonNode day : byDay.path("items")) {
            requests += day.path("requests").asLong();
        }
        assertThat(requests).isEqualTo(REQUESTS);
        assertThat(auditor.get("/usage?by=colour").statusCode()).isEqualTo(400);
    }

    @Test
    void reconcilesAndSaysWhichNodeWasNotAsked() {
        JsonNode report = ok(auditor.send("POST", "/reconciliations", "{}"));
        assertThat(report.path("differences").asLong()).isZero();
        assertThat(report.path("complete").asBoolean()).isFalse();
        assertThat(report.path("nodes").path(0).path("node").asString()).isEqualTo("worker-1");
        assertThat(auditor.send("POST", "/reconciliations", "{\"from\":\"2020-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    private static int count(Caller caller, String query) {
        return ok(caller.get("/requests" + query)).path("items").size();
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer);
    }

    private static void request(int number, UUID tenant, String model) throws SQLException {
        UUID id = new UUID(BEGIN.plusSeconds(number).toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE | number);
        run("""
                INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
                VALUES ('%1$s', '%2$s', '%2$s', '%2$s', 'openai', '%3$s', 1, 1, '::1', sha256(''), 'g', 1);
                INSERT INTO outcomes (intent, tenant, project, key, kind, policy, attempts, prompt_tokens, cached_tokens, completion_tokens,
                    reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano, cost_nano, model, dialect)
                VALUES ('%1$s', '%2$s', '%2$s', '%2$s', 'left', '', '[]', 0, 0, 5, 0, false, 0, 0, 0, 0, 0, 50, 0, '%3$s', 'openai');
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                VALUES ('%1$s', 1, 'usage', '%2$s', '%2$s', '%2$s', '%3$s', 'worker-1', 1, 0, 0, 5, 0, false, true, 50, 0),
                       ('%1$s', 1, 'correction', '%2$s', '%2$s', '%2$s', '%3$s', 'worker-1', 1, 0, 0, 7, 0, true, true, 70, 0)""".formatted(id, tenant, model));
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
