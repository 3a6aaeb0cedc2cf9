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
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Saved views through the public port of a whole gateway. */
@Timeout(120)
final class ViewsApiTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String base;
    private static TenantId acme;
    private static TenantId other;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        base = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        acme = tenant("acme");
        other = tenant("other");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void aUserSavesOverwritesAndDeletesItsOwn() {
        Caller ann = user(Optional.of(tenant("alone")));
        saved(ann, "failed", "kind=failed", false);
        saved(ann, "Slow; 50 %/min", "minFirstTokenMs=2000&range=7d", false);
        assertThat(listed(ann, "?page=requests"))
                .extracting(view -> view.path("name").asString())
                .containsExactly("failed", "Slow; 50 %/min");
        saved(ann, "failed", "kind=failed&range=7d", false);
        JsonNode failed = listed(ann, "").path(0);
        assertThat(failed.path("search").asString()).isEqualTo("kind=failed&range=7d");
        assertThat(failed.path("own").asBoolean()).isTrue();
        assertThat(listed(ann, "?page=audit")).isEmpty();
        String first = "/views?page=requests&name=failed";
        assertThat(ann.send("DELETE", first, null).statusCode()).isEqualTo(204);
        assertThat(ann.send("DELETE", first, null).statusCode()).isEqualTo(204);
        assertThat(listed(ann, "")).hasSize(1);
    }

    @Test
    void whatIsSharedIsSeenInItsTenantAndDeletedByItsOwnerAlone() {
        Caller ann = user(Optional.of(acme));
        Caller bob = user(Optional.of(acme));
        String shared = "shared " + UUID.randomUUID();
        saved(ann, shared, "kind=cut", true);
        saved(ann, "mine " + shared, "kind=left", false);
        assertThat(listed(bob, ""))
                .filteredOn(view -> view.path("name").asString().contains(shared))
                .singleElement()
                .satisfies(view -> assertThat(view.path("own").asBoolean()).isFalse());
        bob.send("DELETE", "/views?page=requests&name=" + shared.replace(" ", "%20"), null);
        assertThat(listed(bob, "").toString()).contains(shared);
        assertThat(listed(user(Optional.of(other)), "").toString()).doesNotContain(shared);
        assertThat(listed(user(Optional.empty()), "").toString()).doesNotContain(shared);
    }

    @Test
    void whoBelongsToTheInstallationSharesWithItsOwn() {
        Caller wide = user(Optional.empty());
        String shared = "wide " + UUID.randomUUID();
        saved(wide, shared, "", true);
        assertThat(listed(user(Optional.empty()), "").toString()).contains(shared);
        assertThat(listed(user(Optional.of(acme)), "").toString()).doesNotContain(shared);
    }

    @Test
    void keepsNoMoreThanItPromises() throws SQLException {
        Caller ann = user(Optional.of(acme));
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("""
                    INSERT INTO saved_views (user_id, page, name, search, shared)
                    SELECT id, 'requests', 'view ' || number, '', false FROM users, generate_series(1, 200) AS number
                    WHERE name = '%s'""".formatted(ann.user()));
        }
        HttpResponse<String> refused = put(ann, "one more", "", false);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("delete one first");
        saved(ann, "view 7", "range=1h", false);
        assertThat(listed(ann, "").toString()).contains("range=1h");
    }

    @Test
    void aViewThatMakesNoSenseIsRefused() {
        Caller ann = user(Optional.of(acme));
        assertThat(put(ann, " ", "", false).statusCode()).isEqualTo(400);
        assertThat(put(ann, "x".repeat(101), "", false).statusCode()).isEqualTo(400);
        assertThat(put(ann, "x", "y".repeat(2001), false).statusCode()).isEqualTo(400);
        assertThat(ann.send("PUT", "/views", "{\"page\":\"../x\",\"name\":\"n\",\"search\":\"\",\"shared\":false}")
                        .body())
                .contains("take the first part of a path in the console");
    }

    private static void saved(Caller caller, String name, String search, boolean shared) {
        assertThat(put(caller, name, search, shared).statusCode()).isEqualTo(204);
    }

    private static HttpResponse<String> put(Caller caller, String name, String search, boolean shared) {
        return caller.send(
                "PUT",
                "/views",
                "{\"page\":\"requests\",\"name\":\"%s\",\"search\":\"%s\",\"shared\":%s}"
                        .formatted(name, search, shared));
    }

    private static JsonNode listed(Caller caller, String query) {
        HttpResponse<String> answer = caller.get("/views" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer).path("items");
    }

    private static TenantId tenant(String name) {
        Caller root = new Caller(base, "admin", GatewayStart.PASSWORD);
        JsonNode made = Caller.json(root.send("POST", "/tenants", "{\"name\":\"%s\"}".formatted(name)));
        return new TenantId(UUID.fromString(made.path("id").asString()));
    }

    private static Caller user(Optional<TenantId> tenant) {
        String name = "user-" + UUID.randomUUID();
        TestUsers.add(gateway, name, Role.AUDITOR, tenant, GatewayStart.PASSWORD);
        return new Caller(base, name, GatewayStart.PASSWORD);
    }
}
