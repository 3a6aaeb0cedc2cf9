package dev.gatehouse.gateway.metering.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.web.Caller;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.edge.PublicPort;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a tenant has spent in its month, by all documents that tell it, in the currency of the installation. */
@Timeout(120)
final class MonthApiTest {

    /** Its month begins 14 hours before that of UTC. */
    private static final ZoneId ZONE = ZoneId.of("Pacific/Kiritimati");

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Caller owner;
    private static String tenant;

    @BeforeAll
    static void start(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets, "--gatehouse.catalog.currency=CHF");
        owner = new Caller(gateway.getBean(PublicPort.class).url() + Rule.ROOT, "admin", GatewayStart.PASSWORD);
        tenant = Caller.json(owner.send("POST", "/tenants", "{\"name\":\"island\"}"))
                .path("id")
                .asString();
        owner.send("PUT", "/tenants/" + tenant, "{\"name\":\"island\",\"timeZone\":\"%s\"}".formatted(ZONE));
        Instant began = LocalDate.now(ZONE).withDayOfMonth(1).atStartOfDay(ZONE).toInstant();
        used(began.minusSeconds(3600), 1_000);
        used(began, 23);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void isOneSumInAllOfThem() {
        assertThat(ok("/usage?by=tenant&period=month").at("/items/0/chargeNano").asLong())
                .isEqualTo(23);
        assertThat(ok("/usage?by=key&period=month").at("/total/chargeNano").asLong())
                .isEqualTo(23);
        assertThat(ok("/overview").at("/spend/0/chargeNano").asLong()).isEqualTo(23);
        assertThat(ok("/usage/forecast?tenant=" + tenant).path("spentNano").asLong())
                .isEqualTo(23);
    }

    @Test
    void takesNoOtherTimeBesides() {
        HttpResponse<String> refused = owner.get("/usage?by=key&period=month&from=2026-01-01T00:00:00Z");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("leave out from and until");
    }

    @Test
    void documentsOfMoneyNameTheCurrency() {
        for (String path :
                new String[] {"/session", "/me", "/overview", "/usage?by=tenant", "/usage/forecast?tenant=" + tenant}) {
            assertThat(ok(path).path("currency").asString()).as(path).isEqualTo("CHF");
        }
        assertThat(made("/tariffs", "{\"nodeHour\":\"1\"}").path("currency").asString())
                .isEqualTo("CHF");
        String limit = "{\"level\":\"tenant\",\"subject\":\"%s\",\"what\":\"%s\",\"per\":\"day\",\"amount\":\"5\"}";
        assertThat(made("/limits", limit.formatted(tenant, "charge"))
                        .path("currency")
                        .asString())
                .isEqualTo("CHF");
        assertThat(made("/limits", limit.formatted(tenant, "requests"))
                        .path("currency")
                        .isNull())
                .isTrue();
    }

    private static JsonNode ok(String path) {
        HttpResponse<String> answer = owner.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer);
    }

    private static JsonNode made(String path, String body) {
        HttpResponse<String> answer = owner.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Caller.json(answer);
    }

    private static void used(Instant hour, long charge) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("""
                    INSERT INTO usage_hours (hour, tenant, project, key, model, requests, attempts, prompt_tokens, cached_tokens,
                        completion_tokens, reasoning_tokens, charge_nano, cost_nano)
                    VALUES ('%s', '%s', uuidv7(), uuidv7(), 'm', 1, 1, 0, 0, 0, 0, %d, 0)""".formatted(hour, tenant, charge));
        }
    }
}
