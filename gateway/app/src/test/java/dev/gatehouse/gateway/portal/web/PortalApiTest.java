package dev.gatehouse.gateway.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.sql.SQLException;
import java.sql.Statement;
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

/** A developer's way from asking to a key, and what it sees, through the public port of a whole gateway. */
@Timeout(120)
final class PortalApiTest {

    private static final String MODEL = "tiny-moe";

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String base;
    private static Caller root;
    private static Caller admin;
    private static String project;

    @BeforeAll
    static void start(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        base = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        root = new Caller(base, "admin", GatewayStart.PASSWORD);
        String tenant = made(root, "/tenants", "{\"name\":\"acme\"}").path("id").asString();
        project = made(root, "/projects", "{\"tenant\":\"%s\",\"name\":\"search\"}".formatted(tenant))
                .path("id")
                .asString();
        for (String name : List.of("ann", "bob", "cid")) {
            user(name, Role.DEVELOPER, tenant);
        }
        user("boss", Role.ADMIN, tenant);
        user("eyes", Role.AUDITOR, tenant);
        admin = caller("boss");
        sql("INSERT INTO models (name, owned_by) VALUES ('" + MODEL + "', 'us'), ('other', 'us')");
        sql("INSERT INTO prices (model, output) SELECT id, 2000 FROM models WHERE name = '" + MODEL + "'");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void aDeveloperAsksAnAdministratorApprovesAndTheKeyIsTheDevelopers() {
        Caller ann = caller("ann");
        String wanted = "{\"project\":\"%s\",\"name\":\"laptop\",\"models\":[\"%s\"]}".formatted(project, MODEL);
        problem(ann.send("POST", "/keys", wanted), 403, "not_permitted", "POST /access-requests");
        JsonNode asked = made(
                ann,
                "/access-requests",
                "{\"project\":\"%s\",\"model\":\"%s\",\"reason\":\"a demo\"}".formatted(project, MODEL));
        assertThat(asked.path("state").asString()).isEqualTo("open");
        assertThat(asked.path("projectName").asString()).isEqualTo("search");
        String approve = "/access-requests/" + asked.path("id").asString() + "/approve";
        problem(ann.send("POST", approve, "{}"), 403, "not_permitted", "role");
        JsonNode open = Caller.json(admin.get("/access-requests?state=open")).path("items");
        assertThat(open).extracting(one -> one.path("askerName").asString()).contains("ann");
        HttpResponse<String> approved = admin.send("POST", approve, "{\"note\":\"welcome\"}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(Caller.json(approved).path("decidedBy").asString()).isEqualTo("boss");
        problem(admin.send("POST", approve, "{}"), 409, "cannot_be_changed", "decided already");

        JsonNode key = made(ann, "/keys", wanted).path("key");
        assertThat(key.path("ownerName").asString()).isEqualTo("ann");
        assertThat(key.path("kind").asString()).isEqualTo("api");
        problem(ann.send("POST", "/keys", wanted.replace(MODEL, "other")), 403, "not_permitted", "no access to other");

        JsonNode me = Caller.json(ann.get("/me"));
        assertThat(me.path("keys")).hasSize(1);
        assertThat(me.path("projects").path(0).path("models").path(0).asString())
                .isEqualTo(MODEL);
        JsonNode models = me.path("models");
        assertThat(models).hasSize(2);
        assertThat(models.path(0).path("granted").asBoolean()).isFalse();
        assertThat(models.path(0).path("price").isNull()).isTrue();
        assertThat(models.path(1).path("granted").asBoolean()).isTrue();
        assertThat(models.path(1)
                        .path("price")
                        .path("perMillionTokens")
                        .path("output")
                        .asString())
                .isEqualTo("2.00");
        assertThat(models.path(1).path("context").isNull()).isTrue();
    }

    @Test
    void aDeveloperSeesTheRequestsTheUsageAndTheChargeOfItsOwnKeysAlone() throws SQLException {
        String bobs = key("bob");
        String cids = key("cid");
        booked(bobs, 3);
        booked(cids, 50);
        for (String name : List.of("bob", "cid")) {
            String own = name.equals("bob") ? bobs : cids;
            Caller caller = caller(name);
            assertThat(Caller.json(caller.get("/requests")).path("items"))
                    .extracting(request -> request.path("key").asString())
                    .containsExactly(own);
            JsonNode usage = Caller.json(caller.get("/usage?by=key")).path("items");
            assertThat(usage).extracting(sum -> sum.path("group").asString()).containsExactly(own);
            assertThat(Caller.json(caller.get("/me")).path("monthChargeNano").asLong())
                    .isEqualTo(name.equals("bob") ? 3 : 50);
            assertThat(Caller.json(caller.get("/keys")).path("items")).hasSize(1);
        }
        assertThat(caller("bob").get("/keys/" + cids).statusCode()).isEqualTo(404);
        assertThat(Caller.json(caller("bob").get("/requests?key=" + cids)).path("items"))
                .isEmpty();
        assertThat(Caller.json(admin.get("/requests")).path("items")).hasSize(2);
    }

    @Test
    void othersAreToldWhatTheyMayUse() {
        JsonNode boss = Caller.json(admin.get("/me"));
        assertThat(boss.path("projects").path(0).path("models").isNull()).isTrue();
        assertThat(boss.path("models"))
                .allSatisfy(
                        model -> assertThat(model.path("granted").asBoolean()).isTrue());
        JsonNode auditor = Caller.json(caller("eyes").get("/me"));
        assertThat(auditor.path("projects")).isEmpty();
        assertThat(auditor.path("models"))
                .allSatisfy(
                        model -> assertThat(model.path("granted").asBoolean()).isFalse());
    }

    @Test
    void aReasonIsNeededAndAProjectThatThereIs() {
        Caller ann = caller("ann");
        String body = "{\"project\":\"%s\",\"reason\":\"%s\"}";
        problem(ann.send("POST", "/access-requests", body.formatted(project, " ")), 400, "invalid_value", "reason");
        problem(
                ann.send("POST", "/access-requests", body.formatted(UUID.randomUUID(), "x")),
                404,
                "not_found",
                "no such project");
        problem(
                admin.send("POST", "/access-requests/" + UUID.randomUUID() + "/decline", "{}"),
                404,
                "not_found",
                "access request");
    }

    @Test
    void thePlaygroundIsClosedToARoleWithoutItAndBooksOnAConsoleKey() {
        String chat = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(MODEL);
        HttpResponse<String> auditor = caller("eyes").send("POST", "/playground/chat/completions", chat);
        assertThat(auditor.statusCode()).isEqualTo(403);
        assertThat(Caller.json(auditor).path("error").path("code").asString()).isEqualTo("not_permitted");
        HttpResponse<String> boss = admin.send("POST", "/playground/chat/completions", chat);
        assertThat(Caller.json(boss).path("error").path("code").asString()).isEqualTo("no_healthy_node");
        JsonNode own = Caller.json(admin.get("/me")).path("keys");
        assertThat(own).hasSize(1);
        assertThat(own.path(0).path("kind").asString()).isEqualTo("console");
        String key = own.path(0).path("id").asString();
        assertThat(admin.send("POST", "/keys/" + key + "/rotate", "{}").statusCode())
                .isEqualTo(409);
        assertThat(admin.send("DELETE", "/keys/" + key, null).statusCode()).isEqualTo(200);
    }

    private static String key(String name) {
        Caller caller = caller(name);
        JsonNode asked =
                made(caller, "/access-requests", "{\"project\":\"%s\",\"reason\":\"tests\"}".formatted(project));
        String id = asked.path("id").asString();
        assertThat(admin.send("POST", "/access-requests/" + id + "/approve", "{}")
                        .statusCode())
                .isEqualTo(200);
        return made(caller, "/keys", "{\"project\":\"%s\",\"name\":\"of %s\"}".formatted(project, name))
                .path("key")
                .path("id")
                .asString();
    }

    /** A request of the key that owes so much, and its sum. */
    private static void booked(String key, long charge) throws SQLException {
        sql("""
                WITH request AS (SELECT uuidv7() AS id, k.tenant, k.project, k.id AS key FROM keys k WHERE k.id = '%1$s'),
                intent AS (
                    INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
                    SELECT id, tenant, project, key, 'openai', 'm', 1, 1, '::1', sha256(''), 'g', 1 FROM request),
                outcome AS (
                    INSERT INTO outcomes (intent, tenant, project, key, model, dialect, kind, policy, attempts, prompt_tokens, cached_tokens, completion_tokens,
                        reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano)
                    SELECT id, tenant, project, key, 'm', 'openai', 'completed', '', '[]', 0, 0, 0, 0, true, 0, 0, 0, 0, 0, %2$d FROM request)
                INSERT INTO usage_hours
                SELECT date_trunc('hour', now()), tenant, project, key, 'm', 1, 1, 0, 0, 0, 0, %2$d, 0 FROM request
                """.formatted(key, charge));
    }

    private static void user(String name, Role role, String tenant) {
        TestUsers.add(gateway, name, role, Optional.of(new TenantId(UUID.fromString(tenant))), GatewayStart.PASSWORD);
    }

    private static Caller caller(String name) {
        return new Caller(base, name, GatewayStart.PASSWORD);
    }

    private static JsonNode made(Caller caller, String path, String body) {
        HttpResponse<String> answer = caller.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Caller.json(answer);
    }

    private static void problem(HttpResponse<String> answer, int status, String code, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Caller.json(answer).path("code").asString()).isEqualTo(code);
        assertThat(Caller.json(answer).path("detail").asString()).contains(words);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection all = database.superuser();
                Statement sql = all.createStatement()) {
            sql.execute(statement);
        }
    }
}
