package dev.gatehouse.gateway.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.access.web.Caller;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Prices and tariffs through the public port of a whole gateway. */
@PooledWhenLong
@Timeout(120)
final class PricesApiTest {

    private static final dev.gatehouse.gateway.vocabulary.Caller ANYBODY = new dev.gatehouse.gateway.vocabulary.Caller(
            new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String root;
    private static Caller owner;

    private String model = "";

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        root = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        owner = new Caller(root, "admin", GatewayStart.PASSWORD);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @BeforeEach
    void newModel() throws SQLException {
        model = "model-" + UUID.randomUUID();
        ask("INSERT INTO models (name, owned_by) VALUES ('" + model + "', 'us') RETURNING name");
    }

    @Test
    void aPriceIsInForceAtOnceAndToldWithEveryDigit() {
        JsonNode made = Caller.json(post(
                "/prices",
                "{'model':'%s','perCall':'0.10','perMillionTokens':{'uncached':'2.50','cached':'0.125','output':'10'}}"
                        .formatted(model)));
        assertThat(text(made, "perCall")).isEqualTo("0.10");
        JsonNode classes = made.path("perMillionTokens");
        assertThat(text(classes, "uncached")).isEqualTo("2.50");
        assertThat(text(classes, "cached")).isEqualTo("0.125");
        assertThat(text(classes, "reasoning")).isEqualTo("10.00");
        Price price = new Price(2_500, 125, 10_000, 10_000, 100_000_000);
        Awaitility.await().until(() -> priceNow().equals(Optional.of(price)));
        assertThat(Caller.json(owner.get("/prices?model=" + model)).path("items"))
                .containsExactly(made);
        assertThat(Caller.json(owner.get("/prices/" + text(made, "id")))).isEqualTo(made);
    }

    @Test
    void whatHasBegunIsEndedAndWhatHasNotIsTakenBack() throws SQLException {
        String id = text(Caller.json(post("/prices", "{'model':'%s','perCall':'1'}".formatted(model))), "id");
        problem(owner.send("DELETE", "/prices/" + id, null), 409, "cannot_be_changed", "has begun");
        Instant later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        JsonNode ended = Caller.json(put("/prices/" + id, "{'until':'%s'}".formatted(later)));
        assertThat(text(ended, "until")).isEqualTo(later.toString());
        String next = text(
                Caller.json(post("/prices", "{'model':'%s','from':'%s','perCall':'2'}".formatted(model, later))), "id");
        problem(post("/prices", "{'model':'%s','from':'%s'}".formatted(model, later)), 409, "already_exists", "from:");
        assertThat(owner.send("DELETE", "/prices/" + next, null).statusCode()).isEqualTo(200);
        assertThat(ask("SELECT string_agg(what, ' ' ORDER BY id) FROM acts WHERE target = '" + next + "'"))
                .isEqualTo("price.create price.delete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model: | 'perCall':'1'",
                "perCall: | 'model':'m','perCall':'-1'",
                "perCall | 'model':'m','perCall':'1000001'",
                "perMillionTokens.cached: | 'model':'m','perMillionTokens':{'cached':'0.0001'}",
                "from: | 'model':'m','from':'2020-01-01T00:00:00Z'",
                "until: | 'model':'m','until':'2020-01-01T00:00:00Z'",
            })
    void whatIsWrongIsNamedByItsMember(String member, String body) {
        problem(post("/prices", "{" + body + "}"), 400, "invalid_value", member);
    }

    @Test
    void anUnknownModelIsNotFound() {
        problem(post("/prices", "{'model':'nobody','perCall':'1'}"), 404, "not_found", "model:");
    }

    @Test
    void aTariffIsSetListedAndTakenBackBeforeItBegins() {
        Instant later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        post("/tariffs", "{'nodeHour':'1.20'}");
        String next = text(Caller.json(post("/tariffs", "{'nodeHour':'2.5','from':'%s'}".formatted(later))), "id");
        assertThat(Caller.json(owner.get("/tariffs"))
                        .path("items")
                        .valueStream()
                        .map(one -> text(one, "nodeHour")))
                .containsExactly("1.20", "2.50");
        Awaitility.await()
                .until(() ->
                        gateway.getBean(Catalog.class).tariff(Instant.now()).nodeHour() == 1_200_000_000L);
        assertThat(owner.send("DELETE", "/tariffs/" + next, null).statusCode()).isEqualTo(200);
        problem(post("/tariffs", "{'nodeHour':'1001'}"), 400, "invalid_value", "nodeHour:");
    }

    @Test
    void aTenantsUserSeesPricesAndNeitherSetsThemNorSeesTariffs() {
        String tenant = text(Caller.json(post("/tenants", "{'name':'of %s'}".formatted(model))), "id");
        String name = "ann-" + model.substring(0, 14);
        TestUsers.add(
                gateway, name, Role.OWNER, Optional.of(new TenantId(UUID.fromString(tenant))), GatewayStart.PASSWORD);
        Caller ann = new Caller(root, name, GatewayStart.PASSWORD);
        assertThat(ann.get("/prices").statusCode()).isEqualTo(200);
        String body = "{\"model\":\"%s\"}".formatted(model);
        problem(ann.send("POST", "/prices", body), 403, "not_permitted", "whole installation");
        problem(ann.get("/tariffs"), 403, "not_permitted", "whole installation");
    }

    private Optional<Price> priceNow() {
        return gateway.getBean(Catalog.class)
                .find(ANYBODY, new ModelName(model))
                .map(found -> found.price(Instant.now()));
    }

    private static HttpResponse<String> post(String path, String body) {
        return owner.send("POST", path, body.replace('\'', '"'));
    }

    private static HttpResponse<String> put(String path, String body) {
        return owner.send("PUT", path, body.replace('\'', '"'));
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString();
    }

    private static void problem(HttpResponse<String> answer, int status, String code, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(text(Caller.json(answer), "code")).isEqualTo(code);
        assertThat(text(Caller.json(answer), "detail")).contains(words);
    }

    private static String ask(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
