package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.Scope;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The administration through the public port of a whole gateway. */
@Timeout(120)
final class AdminApiTest {

    /** No servlet's: the playground answers at the public port itself. */
    private static final String AT_THE_EDGE = "POST " + Rule.ROOT + "/playground/chat/completions";

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String url;
    private static Caller owner;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        url = gateway.getBean(PublicPort.class).url();
        owner = new Caller(url + Rule.ROOT, "admin", GatewayStart.PASSWORD);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void everyMappedRouteHasARule() {
        List<String> routes = new ArrayList<>(routes());
        routes.add(AT_THE_EDGE);
        assertThat(routes)
                .containsExactlyInAnyOrderElementsOf(Rule.ALL.stream()
                        .map(rule -> rule.method() + " " + rule.path())
                        .toList());
    }

    @Test
    void everyScopeIsSomebodysAndGuardsSomething() {
        for (Scope scope : Scope.values()) {
            assertThat(Rule.ALL).as("rules").anyMatch(rule -> rule.who().equals(new Rule.Who.Scoped(scope)));
            assertThat(Role.values()).as("roles").anyMatch(role -> role.scopes().contains(scope));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/v1/nothing",
                "/api/admin/v1",
                "/api/",
                "/api/v3/api-docs",
                "/api/admin/v1/keys/x/y/z",
                "/api/admin/v1/tenants/"
            })
    void refusesWhatNoRuleNamesEvenToAnOwner(String path) {
        HttpResponse<String> answer = new Caller(url, "admin", GatewayStart.PASSWORD).get(path);
        problem(answer, 403, "not_permitted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/error",
                "/v3/api-docs",
                "/consoles",
                "/admin",
                "/API/admin/v1/keys",
                "/apis/x"
            })
    void relaysNothingElse(String path) {
        assertThat(new Caller(url, "admin", GatewayStart.PASSWORD).get(path).statusCode())
                .isEqualTo(404);
    }

    @Test
    void asksStrangersToSignIn() {
        HttpResponse<String> answer = new Caller(url + Rule.ROOT, null, "").get("/keys");
        problem(answer, 401, "not_signed_in");
        assertThat(answer.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(ask -> assertThat(ask).startsWith("Basic "));
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "gatehouse-relay");
    }

    @Test
    void saysTheSameOfAWrongPasswordAndAnUnknownName() {
        HttpResponse<String> wrong = new Caller(url + Rule.ROOT, "admin", "a wrong password").get("/keys");
        HttpResponse<String> unknown = new Caller(url + Rule.ROOT, "nobody", "a wrong password").get("/keys");
        problem(wrong, 401, "not_signed_in");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void administersTenantsProjectsAndKeys() throws SQLException {
        JsonNode tenant = made("/tenants", "{\"name\":\"acme\"}");
        JsonNode project = made("/projects", "{\"tenant\":\"%s\",\"name\":\"search\"}".formatted(text(tenant, "id")));
        JsonNode issued = made("/keys", """
                {"project":"%s","name":"laptop","expires":"2099-01-01T00:00:00Z","models":["tiny-moe"],
                 "endpoints":["chat","models"],"addresses":["127.0.0.0/8","::1"]}""".formatted(text(project, "id")));
        String secret = text(issued, "secret");
        String id = text(issued.path("key"), "id");
        assertThat(secret).startsWith("gh_live_");
        assertThat(owner.get("/keys/" + id).body()).doesNotContain(secret).contains("\"active\"", "127.0.0.0/8");

        assertThat(v1(secret, "GET", "/v1/models", null).statusCode()).isEqualTo(200);
        JsonNode rotated = Caller.json(owner.send("POST", "/keys/" + id + "/rotate", "{\"graceSeconds\":3600}"));
        String next = text(rotated, "secret");
        assertThat(rotated.path("key").path("secrets")).hasSize(2);
        assertThat(v1(secret, "GET", "/v1/models", null).statusCode()).isEqualTo(200);
        assertThat(v1(next, "GET", "/v1/models", null).statusCode()).isEqualTo(200);

        assertThat(owner.send("PUT", "/keys/" + id, "{\"name\":\"desktop\"}").body())
                .contains("desktop", "\"models\":null");
        assertThat(owner.send("PUT", "/tenants/" + text(tenant, "id"), "{\"name\":\"acme & sons\"}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> revoked = owner.send("DELETE", "/keys/" + id, null);
        assertThat(text(Caller.json(revoked), "state")).isEqualTo("revoked");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> v1(next, "GET", "/v1/models", null).statusCode() == 401);
        assertThat(v1(secret, "GET", "/v1/models", null).body()).contains("revoked_api_key");

        assertThat(acts(id)).containsExactly("key.create", "key.rotate", "key.change", "key.revoke");
        assertThat(ask("SELECT string_agg(acts::text, '') FROM acts")).doesNotContain(secret, next);
        assertThat(ask("SELECT min(actor || ' ' || address) FROM acts WHERE target = '" + id + "'"))
                .isEqualTo("admin 127.0.0.1");
    }

    @Test
    void holdsKeysToTheirScopes() {
        String project = project("scopes");
        String far = secret(project, "\"addresses\":[\"192.0.2.0/24\"]");
        refusal(v1(far, "GET", "/v1/models", null), "address_not_permitted");
        assertThat(v1(far, "GET", "/v1/models", null, "x-forwarded-for", "192.0.2.7", "forwarded", "for=192.0.2.7")
                        .statusCode())
                .isEqualTo(403);
        String chat = secret(project, "\"endpoints\":[\"chat\"]");
        refusal(v1(chat, "GET", "/v1/models", null), "endpoint_not_permitted");
        String models = secret(project, "\"endpoints\":[\"models\"]");
        String body = "{\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        refusal(v1(models, "POST", "/v1/chat/completions", body), "endpoint_not_permitted");
        String one = secret(project, "\"models\":[\"tiny-moe\"]");
        refusal(v1(one, "POST", "/v1/chat/completions", body), "model_not_permitted");
        assertThat(v1(one, "POST", "/v1/chat/completions", body.replace("other", "tiny-moe"))
                        .body())
                .doesNotContain("not_permitted");
    }

    @Test
    void pagesWithACursor() {
        String project = project("pages");
        List<String> made = Stream.generate(() -> "key")
                .limit(5)
                .map(name -> text(
                        made("/keys", "{\"project\":\"%s\",\"name\":\"%s\"}".formatted(project, name))
                                .path("key"),
                        "id"))
                .toList();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = Caller.json(owner.get("/keys?limit=2&project=" + project + cursor));
            page.path("items").forEach(key -> seen.add(text(key, "id")));
            cursor = page.path("next").isNull() ? "" : "&cursor=" + text(page, "next");
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(made);
        assertThat(Caller.json(owner.get("/keys?state=revoked&project=" + project))
                        .path("items"))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        problem(owner.send("POST", "/tenants", "{\"name\":\" \"}"), 400, "invalid_value");
        problem(owner.send("POST", "/tenants", "{\"name\":\"x\",\"nmae\":\"y\"}"), 400, "invalid_json");
        problem(owner.send("POST", "/tenants", "{"), 400, "invalid_json");
        problem(owner.send("POST", "/tenants", null), 415, "invalid_request");
        problem(owner.get("/keys?limit=0"), 400, "invalid_value");
        problem(owner.get("/keys?limit=many"), 400, "invalid_request");
        problem(owner.get("/keys?cursor=%25"), 400, "invalid_value");
        problem(owner.get("/keys/" + UUID.randomUUID()), 404, "not_found");
        problem(
                owner.send("POST", "/keys", "{\"project\":\"%s\",\"name\":\"x\"}".formatted(UUID.randomUUID())),
                404,
                "not_found");
        String project = project("wrong");
        for (String wrong : List.of(
                "\"addresses\":[\"10.0.0.1/8\"]",
                "\"endpoints\":[\"everything\"]",
                "\"models\":[]",
                "\"models\":[\"\"]")) {
            problem(
                    owner.send("POST", "/keys", "{\"project\":\"%s\",\"name\":\"x\",%s}".formatted(project, wrong)),
                    400,
                    "invalid_value");
        }
        made("/tenants", "{\"name\":\"twice\"}");
        problem(owner.send("POST", "/tenants", "{\"name\":\"twice\"}"), 409, "already_exists");
    }

    @Test
    void showsATenantsUserThatTenantAlone() {
        String theirs = project("theirs");
        String ours = text(made("/tenants", "{\"name\":\"ours\"}"), "id");
        TestUsers.add(
                gateway, "ann", Role.ADMIN, Optional.of(new TenantId(UUID.fromString(ours))), GatewayStart.PASSWORD);
        Caller ann = new Caller(url + Rule.ROOT, "ann", GatewayStart.PASSWORD);
        assertThat(Caller.json(ann.get("/tenants")).path("items")).hasSize(1);
        problem(ann.get("/projects/" + theirs), 404, "not_found");
        problem(ann.send("POST", "/keys", "{\"project\":\"%s\",\"name\":\"x\"}".formatted(theirs)), 404, "not_found");
        assertThat(ann.send("POST", "/projects", "{\"tenant\":\"%s\",\"name\":\"p\"}".formatted(ours))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesWhatAnotherSiteMakesABrowserSend() {
        problem(owner.send("GET", "/keys", null, "sec-fetch-site", "cross-site"), 403, "not_permitted");
        assertThat(owner.send("GET", "/keys", null, "sec-fetch-site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNobodyWhoGoesPastThePublicPort() throws IOException, InterruptedException {
        String servlets = "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port");
        HttpResponse<String> answer = new Caller(servlets + Rule.ROOT, "admin", GatewayStart.PASSWORD)
                .send("GET", "/keys", null, "x-forwarded-for", "192.0.2.1", "gatehouse-relay", "a guess");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void isReadyWhileTheDatabaseAnswersAndTheAuditIsWritten() {
        assertThat(new Caller(url, null, "").get("/health/ready").statusCode()).isEqualTo(200);
    }

    private static List<String> routes() {
        return gateway
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(info -> info.getPatternValues().stream().anyMatch(path -> path.startsWith("/api")))
                .flatMap(info -> info.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> info.getPatternValues().stream().map(path -> method + " " + path)))
                .toList();
    }

    private static String project(String name) {
        String tenant = text(made("/tenants", "{\"name\":\"tenant of %s\"}".formatted(name)), "id");
        return text(made("/projects", "{\"tenant\":\"%s\",\"name\":\"%s\"}".formatted(tenant, name)), "id");
    }

    private static String secret(String project, String scope) {
        return text(made("/keys", "{\"project\":\"%s\",\"name\":\"key\",%s}".formatted(project, scope)), "secret");
    }

    private static JsonNode made(String path, String body) {
        HttpResponse<String> answer = owner.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Caller.json(answer);
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString();
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = Caller.json(answer);
        assertThat(text(problem, "code")).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(text(problem, "detail")).isNotBlank();
    }

    private static void refusal(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("\"error\"", code);
    }

    private static HttpResponse<String> v1(
            String key, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> acts(String target) throws SQLException {
        return List.of(ask("SELECT string_agg(what, ' ' ORDER BY id) FROM acts WHERE target = '" + target + "'")
                .split(" "));
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
