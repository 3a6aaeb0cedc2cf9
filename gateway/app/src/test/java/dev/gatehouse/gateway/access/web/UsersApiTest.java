package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.edge.PublicPort;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Users, through the public port of a whole gateway. */
@Timeout(120)
final class UsersApiTest {

    private static final String GOOD = "another good password";

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String url;
    private static Browser owner;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        url = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        owner = signedIn("admin");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void anInvitedUserSetsAPasswordThroughTheLink() throws SQLException {
        String tenant = tenant("inviting");
        JsonNode invited = made("/users", user("ann@example.com", "auditor", "\"" + tenant + "\""));
        JsonNode user = invited.path("user");
        assertThat(user.path("hasPassword").asBoolean()).isFalse();
        assertThat(user.path("lastSeen").isNull()).isTrue();
        assertThat(user.path("tenantName").asString()).isEqualTo("inviting");
        assertThat(Instant.parse(invited.path("expires").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        problem(new Browser(url).signIn("ann@example.com", "a password that nobody has"), 401, "not_signed_in");

        Browser ann = new Browser(url);
        assertThat(ann.follow(text(invited, "link")).statusCode()).isEqualTo(204);
        JsonNode session = Caller.json(ann.get("/session"));
        assertThat(session.path("mustSetPassword").asBoolean()).isTrue();
        assertThat(text(session, "tenantName")).isEqualTo("inviting");
        assertThat(ann.send("PUT", "/session/password", "{\"old\":null,\"new\":\"%s\"}".formatted(GOOD))
                        .statusCode())
                .isEqualTo(204);
        assertThat(Caller.json(ann.get("/session")).path("mustSetPassword").asBoolean())
                .isFalse();
        problem(
                ann.send("PUT", "/session/password", "{\"old\":null,\"new\":\"%s\"}".formatted(GOOD)),
                400,
                "invalid_value");

        assertThat(new Browser(url).signIn("Ann@Example.com", GOOD).statusCode())
                .isEqualTo(204);
        JsonNode now = Caller.json(owner.get("/users/" + text(user, "id")));
        assertThat(now.path("hasPassword").asBoolean()).isTrue();
        assertThat(Instant.parse(text(now, "lastSeen"))).isAfter(Instant.now().minusSeconds(60));
        assertThat(ask("SELECT string_agg(what, ' ' ORDER BY id) FROM acts WHERE target = '%s'"
                        .formatted(text(user, "id"))))
                .isEqualTo("user.create session.start user.password session.start");
        assertThat(ask("SELECT string_agg(acts::text, '') FROM acts")).doesNotContain(text(invited, "link"), GOOD);
    }

    @Test
    void aLinkOfAnOwnerMendsAForgottenPassword() {
        String id = added("forgetful", Role.BILLING, Optional.empty());
        JsonNode link = made("/users/" + id + "/links", null);
        Browser browser = new Browser(url);
        browser.follow(text(link, "link"));
        assertThat(Caller.json(browser.get("/session")).path("mustSetPassword").asBoolean())
                .isTrue();
        assertThat(browser.send("PUT", "/session/password", "{\"new\":\"%s\"}".formatted(GOOD))
                        .statusCode())
                .isEqualTo(204);
        problem(new Browser(url).signIn("forgetful", GatewayStart.PASSWORD), 401, "not_signed_in");
    }

    @Test
    void aChangedRoleAndADeletionAreInForceAtTheNextRequest() {
        String id = added("changed", Role.OWNER, Optional.empty());
        Browser browser = signedIn("changed");
        assertThat(text(Caller.json(owner.send("PUT", "/users/" + id, "{\"role\":\"billing\"}")), "role"))
                .isEqualTo("billing");
        assertThat(text(Caller.json(browser.get("/session")), "role")).isEqualTo("billing");
        problem(browser.get("/keys"), 403, "not_permitted");
        assertThat(owner.send("DELETE", "/users/" + id, null).statusCode()).isEqualTo(204);
        problem(browser.get("/session"), 401, "not_signed_in");
        problem(owner.get("/users/" + id), 404, "not_found");
        problem(owner.send("DELETE", "/users/" + id, null), 404, "not_found");
    }

    @Test
    void anOwnerOfATenantSeesAndMakesThatTenantsUsersAlone() {
        String ours = tenant("ours");
        String theirs = tenant("theirs");
        added("our-owner", Role.OWNER, Optional.of(ours));
        String stranger = added("stranger", Role.DEVELOPER, Optional.of(theirs));
        String installation = id("admin");
        Browser ourOwner = signedIn("our-owner");

        assertThat(Caller.json(ourOwner.get("/users"))
                        .path("items")
                        .valueStream()
                        .map(one -> text(one, "name")))
                .containsExactly("our-owner");
        assertThat(Caller.json(ourOwner.get("/users?tenant=" + theirs)).path("items"))
                .isEmpty();
        for (String id : List.of(stranger, installation)) {
            problem(ourOwner.get("/users/" + id), 404, "not_found");
            problem(ourOwner.send("PUT", "/users/" + id, "{\"role\":\"billing\"}"), 404, "not_found");
            problem(ourOwner.send("DELETE", "/users/" + id, null), 404, "not_found");
            problem(ourOwner.send("POST", "/users/" + id + "/links", null), 404, "not_found");
        }
        problem(ourOwner.send("POST", "/users", user("everybody", "owner", "null")), 403, "not_permitted");
        problem(ourOwner.send("POST", "/users", user("spy", "owner", "\"" + theirs + "\"")), 404, "not_found");
        HttpResponse<String> made = ourOwner.send("POST", "/users", user("ours-too", "admin", "\"" + ours + "\""));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = text(Caller.json(made).path("user"), "id");
        assertThat(ourOwner.send("PUT", "/users/" + id, "{\"role\":\"owner\"}").statusCode())
                .isEqualTo(200);
        assertThat(ourOwner.send("POST", "/users/" + id + "/links", null).statusCode())
                .isEqualTo(201);
        assertThat(ourOwner.send("DELETE", "/users/" + id, null).statusCode()).isEqualTo(204);
        assertThat(Caller.json(owner.get("/users?tenant=" + ours)).path("items"))
                .hasSize(1);
    }

    @Test
    void somebodyAlwaysOwnsTheInstallation() throws Exception {
        String admin = id("admin");
        made("/users", user("invited-owner", "owner", "null"));
        problem(owner.send("DELETE", "/users/" + admin, null), 409, "cannot_be_changed");
        problem(owner.send("PUT", "/users/" + admin, "{\"role\":\"admin\"}"), 409, "cannot_be_changed");
        for (int round = 0; round < 5; round++) {
            String other = added("owner-" + round, Role.OWNER, Optional.empty());
            List<Callable<Integer>> race = List.of(
                    () -> owner.send("PUT", "/users/" + admin, "{\"role\":\"admin\"}")
                            .statusCode(),
                    () -> owner.send("PUT", "/users/" + other, "{\"role\":\"admin\"}")
                            .statusCode());
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                assertThat(both.invokeAll(race)).extracting(Future::get).doesNotContain(500);
            }
            assertThat(ask("SELECT count(*) FROM users WHERE role = 'owner' AND tenant IS NULL AND has_password"))
                    .isEqualTo("1");
            change("UPDATE users SET role = 'owner' WHERE name = 'admin'");
            change("DELETE FROM users WHERE name = 'owner-" + round + "'");
        }
    }

    @Test
    void saysWhatIsWrongWithAUser() {
        made("/users", user("taken", "admin", "null"));
        problem(owner.send("POST", "/users", user("taken", "admin", "null")), 409, "already_exists");
        problem(owner.send("POST", "/users", user("Upper", "admin", "null")), 400, "invalid_value");
        problem(owner.send("POST", "/users", user("fine", "king", "null")), 400, "invalid_json");
        problem(owner.send("POST", "/users", user("fine", "admin", "\"" + UUID.randomUUID() + "\"")), 404, "not_found");
        problem(owner.get("/users?limit=0"), 400, "invalid_value");
    }

    @Test
    void findsUsersByName() {
        added("needle-in-hay", Role.AUDITOR, Optional.empty());
        assertThat(Caller.json(owner.get("/users?name=NEEDLE")).path("items")).hasSize(1);
        assertThat(Caller.json(owner.get("/users?limit=1")).path("next").isString())
                .isTrue();
    }

    private static Browser signedIn(String name) {
        Browser browser = new Browser(url);
        assertThat(browser.signIn(name, GatewayStart.PASSWORD).statusCode()).isEqualTo(204);
        return browser;
    }

    private static String added(String name, Role role, Optional<String> tenant) {
        TestUsers.add(gateway, name, role, tenant.map(UUID::fromString).map(TenantId::new), GatewayStart.PASSWORD);
        return id(name);
    }

    private static String id(String name) {
        return Caller.json(owner.get("/users?name=" + name))
                .path("items")
                .valueStream()
                .filter(one -> text(one, "name").equals(name))
                .map(one -> text(one, "id"))
                .findFirst()
                .orElseThrow();
    }

    private static String tenant(String name) {
        return text(made("/tenants", "{\"name\":\"%s\"}".formatted(name)), "id");
    }

    private static String user(String name, String role, String tenant) {
        return "{\"name\":\"%s\",\"role\":\"%s\",\"tenant\":%s}".formatted(name, role, tenant);
    }

    private static JsonNode made(String path, @Nullable String body) {
        HttpResponse<String> answer = owner.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Caller.json(answer);
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString();
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(text(Caller.json(answer), "code")).isEqualTo(code);
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
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
