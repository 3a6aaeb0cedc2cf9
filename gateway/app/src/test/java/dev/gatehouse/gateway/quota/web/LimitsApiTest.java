package dev.gatehouse.gateway.quota.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.access.web.Caller;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

/** Limits through the public port of a whole gateway. */
@PooledWhenLong
@Timeout(120)
final class LimitsApiTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String root;
    private static Caller owner;

    private String tenant = "";
    private String project = "";
    private String key = "";

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
    void newKey() {
        tenant = text(made("/tenants", "{'name':'tenant %s'}", UUID.randomUUID()), "id");
        project = text(made("/projects", "{'tenant':'%s','name':'search'}", tenant), "id");
        key = text(made("/keys", "{'project':'%s','name':'laptop'}", project).path("key"), "id");
    }

    @Test
    void aBudgetIsMadeChangedOverriddenAndDeletedAndEachIsAnAct() throws SQLException {
        JsonNode budget = made(
                "/limits",
                "{'level':'key','subject':'%s','what':'charge','per':'month','amount':'5.00','softPercent':80}",
                key);
        String id = text(budget, "id");
        assertThat(text(budget, "tenant")).isEqualTo(tenant);
        assertThat(text(budget.path("state"), "left")).isEqualTo("5.00");

        JsonNode changed = Caller.json(put("/limits/" + id, "{'amount':'7.25'}"));
        assertThat(text(changed, "amount")).isEqualTo("7.25");
        assertThat(changed.path("softPercent").isNull()).isTrue();

        Instant end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        JsonNode other = made("/limits/" + id + "/overrides", "{'amount':'100','until':'%s'}", end);
        assertThat(text(other.path("state"), "amount")).isEqualTo("100.00");
        String override = text(other.path("overrides").path(0), "id");
        JsonNode without = Caller.json(owner.send("DELETE", "/limits/" + id + "/overrides/" + override, null));
        assertThat(text(without.path("state"), "left")).isEqualTo("7.25");

        assertThat(owner.send("DELETE", "/limits/" + id, null).statusCode()).isEqualTo(200);
        problem(owner.get("/limits/" + id), 404, "not_found", "limit");
        assertThat(ask("SELECT string_agg(what, ' ' ORDER BY id) FROM acts WHERE target = '" + id + "'"))
                .isEqualTo("limit.create limit.change limit.override limit.end-override limit.delete");
    }

    @Test
    void limitsAreListedByTenantLevelSubjectModelAndMeasure() {
        made("/limits", "{'level':'tenant','subject':'%s','what':'requests','per':'minute','amount':'60'}", tenant);
        made(
                "/limits",
                "{'level':'project','subject':'%s','model':'tiny-moe','what':'total_tokens','per':'day','amount':'1000'}",
                project);
        made("/limits", "{'level':'key','subject':'%s','what':'streams','amount':'3'}", key);
        assertThat(listed("tenant=" + tenant)).hasSize(3);
        assertThat(listed("tenant=" + tenant + "&level=project")).containsExactly("total_tokens");
        assertThat(listed("subject=" + key)).containsExactly("streams");
        assertThat(listed("tenant=" + tenant + "&model=tiny-moe")).containsExactly("total_tokens");
        assertThat(listed("tenant=" + tenant + "&what=requests")).containsExactly("requests");
        JsonNode part = Caller.json(owner.get("/limits?limit=2&tenant=" + tenant));
        assertThat(part.path("items")).hasSize(2);
        assertThat(Caller.json(owner.get("/limits?tenant=" + tenant + "&cursor=" + text(part, "next")))
                        .path("items"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "level: | 'level':'galaxy','what':'requests','per':'day','amount':'1'",
                "what: | 'level':'organisation','what':'calls','per':'day','amount':'1'",
                "per: | 'level':'organisation','what':'requests','per':'year','amount':'1'",
                "per: | 'level':'organisation','what':'requests','amount':'1'",
                "per: | 'level':'organisation','what':'charge','per':'hour','amount':'1'",
                "per: | 'level':'organisation','what':'streams','per':'day','amount':'1'",
                "amount: | 'level':'organisation','what':'requests','per':'day','amount':'1.5'",
                "amount: | 'level':'organisation','what':'charge','per':'day','amount':'0.0000000001'",
                "amount: | 'level':'organisation','what':'charge','per':'day','amount':'-1'",
                "amount: | 'level':'organisation','what':'charge','per':'day','amount':'0'",
                "amount: | 'level':'organisation','what':'requests','per':'hour','amount':'2000000001'",
                "amount: | 'level':'organisation','what':'requests','per':'day'",
                "softPercent: | 'level':'organisation','what':'requests','per':'day','amount':'1','softPercent':0",
                "softPercent: | 'level':'organisation','what':'requests','per':'minute','amount':'1','softPercent':50",
                "subject: | 'level':'key','what':'requests','per':'day','amount':'1'",
                "model: | 'level':'organisation','what':'requests','per':'day','amount':'1','model':' '",
            })
    void whatIsWrongIsNamedByItsMember(String member, String body) {
        problem(post("/limits", "{" + body + "}"), 400, "invalid_value", member);
    }

    @Test
    void aSecondLimitOfTheSameKindIsAConflictAndAnUnknownSubjectIsNotFound() {
        String body = "{'level':'key','subject':'%s','what':'requests','per':'day','amount':'1'}";
        made("/limits", body, key);
        problem(post("/limits", body, key), 409, "already_exists", "change that one");
        problem(post("/limits", body, UUID.randomUUID()), 404, "not_found", "subject");
    }

    @Test
    void aTenantsAdministratorLimitsItsKeysAndNotTheTenant() {
        String own = text(
                made("/limits", "{'level':'tenant','subject':'%s','what':'charge','per':'month','amount':'9'}", tenant),
                "id");
        String foreignKey = key;
        newKey();
        Caller ann = administrator(tenant);
        problem(ann.get("/limits/" + own), 404, "not_found", "limit");
        String body = json("{'level':'key','subject':'%s','what':'charge','per':'month','amount':'2'}", key);
        HttpResponse<String> made = ann.send("POST", "/limits", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(ann.send("PUT", "/limits/" + text(Caller.json(made), "id"), json("{'amount':'3'}"))
                        .statusCode())
                .isEqualTo(200);
        problem(ann.send("POST", "/limits", body.replace(key, foreignKey)), 404, "not_found", "subject");
        problem(
                ann.send(
                        "POST",
                        "/limits",
                        json("{'level':'tenant','subject':'%s','what':'charge','per':'month','amount':'2'}", tenant)),
                403,
                "not_permitted",
                "whole installation");
    }

    @Test
    void aLimitIsInForceAtOnceAndExplained() {
        String path = "/quota?key=" + key + "&model=tiny-moe";
        JsonNode before = Caller.json(owner.get(path));
        assertThat(before.path("admits").asBoolean()).isTrue();
        assertThat(before.path("items"))
                .hasSize(2)
                .allMatch(item -> item.path("limit").isNull());

        String id = text(
                made("/limits", "{'level':'key','subject':'%s','what':'charge','per':'day','amount':'0.05'}", key),
                "id");
        Awaitility.await()
                .until(() -> Caller.json(owner.get(path)).path("items").size() == 3);
        JsonNode dear = Caller.json(owner.get(path + "&charge=0.10"));
        assertThat(dear.path("admits").asBoolean()).isFalse();
        assertThat(text(dear.path("first"), "limit")).isEqualTo(id);
        assertThat(dear.path("first").path("room").isNull()).isTrue();
        assertThat(Caller.json(owner.get(path + "&charge=0.05")).path("admits").asBoolean())
                .isTrue();
        problem(owner.get("/quota?key=" + UUID.randomUUID() + "&model=x"), 404, "not_found", "key");
        problem(owner.get(path + "&charge=much"), 400, "invalid_value", "charge:");
    }

    @Test
    void whatOthersUseOfTheOrganisationsLimitsIsNotToldToATenantsUser() {
        Caller ann = administrator(tenant);
        String path = "/quota?key=" + key + "&model=tiny-moe";
        String id = text(
                made("/limits", "{'level':'organisation','what':'requests','per':'day','amount':'1000000'}"), "id");
        Awaitility.await()
                .until(() ->
                        Caller.json(owner.get(path)).path("items").valueStream().anyMatch(LimitsApiTest::isOfAll));
        assertThat(Caller.json(owner.get(path)).path("items"))
                .filteredOn(LimitsApiTest::isOfAll)
                .allMatch(item -> item.path("state").isObject());
        assertThat(Caller.json(ann.get(path)).path("items"))
                .isNotEmpty()
                .allMatch(item -> item.path("state").isNull() == isOfAll(item));
        owner.send("DELETE", "/limits/" + id, "");
        Awaitility.await()
                .until(() ->
                        Caller.json(owner.get(path)).path("items").valueStream().noneMatch(LimitsApiTest::isOfAll));
    }

    private static Caller administrator(String tenant) {
        String name = "ann-" + UUID.randomUUID();
        TestUsers.add(
                gateway, name, Role.ADMIN, Optional.of(new TenantId(UUID.fromString(tenant))), GatewayStart.PASSWORD);
        return new Caller(root, name, GatewayStart.PASSWORD);
    }

    private static boolean isOfAll(JsonNode item) {
        return item.path("level").asString().equals("organisation");
    }

    @Test
    void periodsFollowTheTenantsTimeZone() {
        HttpResponse<String> zoned =
                put("/tenants/" + tenant, "{'name':'zoned %s','timeZone':'Pacific/Auckland'}", tenant);
        assertThat(text(Caller.json(zoned), "timeZone")).isEqualTo("Pacific/Auckland");
        JsonNode daily =
                made("/limits", "{'level':'tenant','subject':'%s','what':'requests','per':'day','amount':'9'}", tenant);
        Instant reset = Instant.parse(text(daily.path("state"), "reset"));
        assertThat(reset.atZone(java.time.ZoneId.of("Pacific/Auckland")).getHour())
                .isZero();
        problem(put("/tenants/" + tenant, "{'name':'x','timeZone':'Mars/Olympus'}"), 400, "invalid_value", "timeZone:");
    }

    private static List<String> listed(String query) {
        return Caller.json(owner.get("/limits?" + query))
                .path("items")
                .valueStream()
                .map(limit -> text(limit, "what"))
                .toList();
    }

    private static JsonNode made(String path, String body, Object... arguments) {
        HttpResponse<String> answer = post(path, body, arguments);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Caller.json(answer);
    }

    private static HttpResponse<String> post(String path, String body, Object... arguments) {
        return owner.send("POST", path, json(body, arguments));
    }

    private static HttpResponse<String> put(String path, String body, Object... arguments) {
        return owner.send("PUT", path, json(body, arguments));
    }

    private static String json(String body, Object... arguments) {
        return body.formatted(arguments).replace('\'', '"');
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
