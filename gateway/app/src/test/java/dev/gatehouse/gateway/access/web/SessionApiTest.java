package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.TestUsers;
import dev.gatehouse.gateway.edge.PublicPort;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Signing in and out through the public ports of two gateways that share a database. */
@Timeout(180)
final class SessionApiTest {

    private static final String GOOD = "another good password";

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static ConfigurableApplicationContext second;
    private static String url;
    private static String secondUrl;

    @BeforeAll
    static void start(@TempDir Path secrets, @TempDir Path secondSecrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        second = GatewayStart.on(database, secondSecrets);
        url = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        secondUrl = second.getBean(PublicPort.class).url() + Rule.ROOT;
    }

    @AfterAll
    static void stop() {
        second.close();
        gateway.close();
        database.close();
    }

    @Test
    void aCookieSignsInOnEveryGateway() {
        Browser browser = signedIn(user("anywhere", Role.BILLING));
        JsonNode session = Caller.json(browser.get("/session"));
        assertThat(session.path("name").asString()).isEqualTo("anywhere");
        assertThat(session.path("role").asString()).isEqualTo("billing");
        assertThat(session.path("tenant").isNull()).isTrue();
        assertThat(session.path("mustSetPassword").asBoolean()).isFalse();
        assertThat(session.path("scopes").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(
                        Role.BILLING.scopes().stream().sorted().map(Enum::name).toList());
        assertThat(Instant.parse(session.path("expires").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(11)), Instant.now().plus(Duration.ofHours(13)));
        Browser there = new Browser(secondUrl);
        there.put("gatehouse", browser.cookie("gatehouse"));
        assertThat(there.get("/prices").statusCode()).isEqualTo(200);
        assertThat(there.get("/keys").statusCode()).isEqualTo(403);
    }

    @Test
    void theCookieIsHiddenFromScriptsAndTheTokenIsNot() {
        HttpResponse<String> answer = new Browser(url).signIn(user("cookies", Role.OWNER), GatewayStart.PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().allValues("set-cookie"))
                .satisfiesExactlyInAnyOrder(
                        cookie -> assertThat(cookie)
                                .matches("gatehouse=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"),
                        cookie -> assertThat(cookie).matches("XSRF-TOKEN=[0-9a-f-]{36}; Path=/; SameSite=Lax"));
    }

    @Test
    void onlyADigestOfTheTokenIsStored() throws SQLException {
        Browser browser = signedIn(user("digest", Role.OWNER));
        String token = browser.cookie("gatehouse");
        assertThat(ask("SELECT count(*) FROM sessions WHERE digest = sha256('%s')".formatted(token)))
                .isEqualTo("1");
        assertThat(ask("SELECT string_agg(s::text, '') FROM sessions s")).doesNotContain(token);
    }

    @Test
    void everySignInMakesANewToken() {
        Browser browser = new Browser(url);
        browser.put("gatehouse", "a".repeat(43));
        assertThat(browser.signIn(user("fixed", Role.OWNER), GatewayStart.PASSWORD)
                        .statusCode())
                .isEqualTo(204);
        String first = browser.cookie("gatehouse");
        assertThat(first).isNotEqualTo("a".repeat(43));
        browser.signIn("fixed", GatewayStart.PASSWORD);
        assertThat(browser.cookie("gatehouse")).isNotEqualTo(first);
        Browser old = new Browser(url);
        old.put("gatehouse", first);
        problem(old.get("/session"), 401, "not_signed_in");
    }

    @Test
    void whatChangesSomethingWithACookieNeedsTheTokenOfThatBrowser() {
        Browser browser = signedIn(user("csrf", Role.OWNER));
        String body = "{\"name\":\"made in a browser\"}";
        problem(browser.sendWithout("POST", "/tenants", body), 403, "csrf_token_wrong");
        problem(browser.sendWithout("POST", "/tenants", body, "x-xsrf-token", "guess"), 403, "csrf_token_wrong");
        problem(browser.sendWithout("DELETE", "/session", null), 403, "csrf_token_wrong");
        assertThat(browser.send("POST", "/tenants", body).statusCode()).isEqualTo(201);
    }

    @Test
    void basicNeedsNoTokenAndGetsNoCookie() {
        Caller admin = new Caller(url, "admin", GatewayStart.PASSWORD);
        HttpResponse<String> made = admin.send("POST", "/tenants", "{\"name\":\"made by a script\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().map()).doesNotContainKey("set-cookie");
        HttpResponse<String> session = admin.get("/session");
        assertThat(session.headers().map()).doesNotContainKey("set-cookie");
        assertThat(Caller.json(session).path("expires").isNull()).isTrue();
    }

    @Test
    void asksTheConsoleForASessionAndNotTheBrowserForAPassword() {
        HttpResponse<String> answer = new Browser(url).get("/session");
        problem(answer, 401, "not_signed_in");
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Session realm=\"Gatehouse\"");
        Browser late = new Browser(url);
        late.put("gatehouse", "b".repeat(43));
        assertThat(late.get("/keys").headers().firstValue("www-authenticate")).hasValue("Session realm=\"Gatehouse\"");
    }

    @Test
    void refusesAWrongPasswordAndBeginsNothing() throws SQLException {
        HttpResponse<String> answer = new Browser(url).signIn(user("wrong", Role.OWNER), "not the password");
        problem(answer, 401, "not_signed_in");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(ask("SELECT count(*) FROM acts WHERE what = 'session.start' AND actor = 'wrong'"))
                .isEqualTo("0");
        problem(new Browser(url).send("POST", "/session", "{\"name\":\"wrong\"}"), 400, "invalid_value");
        problem(new Browser(url).send("POST", "/session", "{}"), 400, "invalid_value");
    }

    @Test
    void aSignInIsAnAct() throws SQLException {
        signedIn(user("acting", Role.OWNER));
        assertThat(ask("""
                        SELECT actor || ' ' || address || ' ' || (after->>'by') FROM acts a JOIN users u ON u.id = a.target
                        WHERE what = 'session.start' AND u.name = 'acting'""")).isEqualTo("acting 127.0.0.1 password");
    }

    @Test
    void signingOutEndsTheSessionEverywhere() {
        Browser browser = signedIn(user("leaving", Role.OWNER));
        Browser there = new Browser(secondUrl);
        there.put("gatehouse", browser.cookie("gatehouse"));
        assertThat(browser.send("DELETE", "/session", null).statusCode()).isEqualTo(204);
        problem(browser.get("/session"), 401, "not_signed_in");
        problem(there.get("/session"), 401, "not_signed_in");
    }

    @Test
    void aSessionEndsTwelveHoursAfterItsLastUseAndSevenDaysAfterItsBeginning() throws SQLException {
        Browser idle = signedIn(user("idle", Role.OWNER));
        move("seen_at = now() - interval '11 hours 59 minutes'", "idle");
        assertThat(idle.get("/session").statusCode()).isEqualTo(200);
        move("seen_at = now() - interval '12 hours 1 second'", "idle");
        problem(idle.get("/session"), 401, "not_signed_in");
        Browser old = signedIn(user("old", Role.OWNER));
        assertThat(ask("""
                        SELECT expires_at - made_at = interval '7 days' FROM sessions s JOIN users u ON u.id = s.user_id
                        WHERE u.name = 'old'""")).isEqualTo("t");
        move("expires_at = now()", "old");
        problem(old.get("/session"), 401, "not_signed_in");
    }

    @Test
    void aUseIsWrittenOnceAMinute() throws SQLException {
        Browser browser = signedIn(user("seen", Role.OWNER));
        move("seen_at = now() - interval '59 seconds'", "seen");
        String before = seen();
        browser.get("/session");
        assertThat(seen()).isEqualTo(before);
        move("seen_at = now() - interval '61 seconds'", "seen");
        browser.get("/session");
        assertThat(ask("""
                        SELECT bool_and(s.seen_at > now() - interval '30 seconds' AND u.seen_at = s.seen_at)
                        FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.name = 'seen'""")).isEqualTo("t");
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneAtTheNextRequest() throws SQLException {
        Browser browser = signedIn(user("demoted", Role.OWNER));
        assertThat(browser.get("/keys").statusCode()).isEqualTo(200);
        change("UPDATE users SET role = 'billing' WHERE name = 'demoted'");
        problem(browser.get("/keys"), 403, "not_permitted");
        change("DELETE FROM users WHERE name = 'demoted'");
        problem(browser.get("/prices"), 401, "not_signed_in");
    }

    @Test
    void aLinkSignsInOnceEvenWhenTwoGatewaysRace() throws Exception {
        Caller user = new Caller(url, user("linked", Role.OWNER), GatewayStart.PASSWORD);
        for (int round = 0; round < 5; round++) {
            String link = link(user);
            List<Callable<Integer>> race = List.of(
                    () -> new Browser(url).follow(link).statusCode(),
                    () -> new Browser(secondUrl).follow(link).statusCode());
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                assertThat(both.invokeAll(race)).extracting(Future::get).containsExactlyInAnyOrder(204, 401);
            }
        }
        assertThat(ask("SELECT count(*) FROM acts WHERE actor = 'linked' AND after->>'by' = 'link'"))
                .isEqualTo("5");
    }

    @Test
    void aLinkThatIsOverSignsNobodyIn() throws SQLException {
        String link = link(new Caller(url, user("late", Role.OWNER), GatewayStart.PASSWORD));
        change("UPDATE sign_in_links SET expires_at = now() WHERE digest = sha256('%s')".formatted(link));
        problem(new Browser(url).follow(link), 401, "not_signed_in");
        problem(new Browser(url).follow("nonsense"), 401, "not_signed_in");
    }

    @Test
    void aNewPasswordEndsTheUsersOtherSessionsAndLinks() {
        String name = user("changing", Role.OWNER);
        Browser here = signedIn(name);
        Browser there = signedIn(name);
        String link = link(new Caller(url, name, GatewayStart.PASSWORD));
        problem(here.send("PUT", "/session/password", password("wrong", GOOD)), 400, "invalid_value");
        problem(here.send("PUT", "/session/password", "{\"new\":\"%s\"}".formatted(GOOD)), 400, "invalid_value");
        problem(here.send("PUT", "/session/password", password(GatewayStart.PASSWORD, "short")), 400, "invalid_value");
        assertThat(here.send("PUT", "/session/password", password(GatewayStart.PASSWORD, GOOD))
                        .statusCode())
                .isEqualTo(204);
        assertThat(here.get("/session").statusCode()).isEqualTo(200);
        problem(there.get("/session"), 401, "not_signed_in");
        problem(new Browser(url).follow(link), 401, "not_signed_in");
        problem(new Browser(url).signIn(name, GatewayStart.PASSWORD), 401, "not_signed_in");
        assertThat(new Browser(secondUrl).signIn(name, GOOD).statusCode()).isEqualTo(204);
    }

    @Test
    void forgetsWhatIsOver() throws SQLException {
        String name = user("swept", Role.OWNER);
        signedIn(name);
        signedIn(name);
        link(new Caller(url, name, GatewayStart.PASSWORD));
        change(
                "UPDATE sign_in_links SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE name = 'swept')");
        move("seen_at = now() - interval '13 hours'", "swept");
        Browser fresh = signedIn(name);
        TestUsers.sweep(gateway);
        assertThat(ask("SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE name = 'swept'"))
                .isEqualTo("1");
        assertThat(ask("SELECT count(*) FROM sign_in_links s JOIN users u ON u.id = s.user_id WHERE name = 'swept'"))
                .isEqualTo("0");
        assertThat(fresh.get("/session").statusCode()).isEqualTo(200);
    }

    private static String user(String name, Role role) {
        TestUsers.add(gateway, name, role, Optional.empty(), GatewayStart.PASSWORD);
        return name;
    }

    private static Browser signedIn(String name) {
        Browser browser = new Browser(url);
        assertThat(browser.signIn(name, GatewayStart.PASSWORD).statusCode()).isEqualTo(204);
        return browser;
    }

    private static String link(Caller user) {
        HttpResponse<String> made = user.send("POST", "/session/links", null);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Caller.json(made).path("link").asString();
    }

    private static String password(String old, String fresh) {
        return "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(old, fresh);
    }

    private static String seen() throws SQLException {
        return ask("SELECT s.seen_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.name = 'seen'");
    }

    private static void move(String times, String user) throws SQLException {
        change("UPDATE sessions SET %s WHERE user_id = (SELECT id FROM users WHERE name = '%s')"
                .formatted(times, user));
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Caller.json(answer).path("code").asString()).isEqualTo(code);
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
