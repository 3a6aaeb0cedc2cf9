package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.edge.PublicPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Every operation of {@code docs/openapi.json}, by every role, of the whole installation and of a tenant, asking about that tenant's things and
 * about another's. Operations that are added are tried without a change here; {@link Sample} says what some of them need to be told.
 */
@Timeout(240)
final class EndpointMatrixTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestDatabase testDatabase;
    private static Connection database;
    private static ConfigurableApplicationContext gateway;
    private static String url;
    private static Tenancy ours;
    private static Tenancy theirs;
    private static Map<String, String> oursAtFirst;
    private static Map<String, String> theirsAtFirst;
    private static final Map<Role, String> WIDE = new EnumMap<>(Role.class);
    private static final Map<Role, String> OURS = new EnumMap<>(Role.class);

    /** What was answered. */
    private record Answer(int status, String body) {}

    @BeforeAll
    static void start(@TempDir Path secrets) throws SQLException {
        testDatabase = TestDatabase.create();
        gateway = GatewayStart.on(testDatabase, secrets);
        url = gateway.getBean(PublicPort.class).url() + Rule.ROOT;
        database = testDatabase.superuser();
        ours = new Tenancy(database, "alpha", "33333333");
        theirs = new Tenancy(database, "omega", "77777777");
        oursAtFirst = ours.things();
        theirsAtFirst = theirs.things();
        for (Role role : Role.values()) {
            WIDE.put(role, user("wide-" + name(role), role, "NULL"));
            OURS.put(role, user("alpha-" + name(role), role, "'" + ours.tenant() + "'"));
        }
        awaitNodes();
    }

    /** The gateway looks into the directory of nodes once a second. */
    private static void awaitNodes() {
        Operation nodes = Operation.all().stream()
                .filter(operation -> operation.name().equals("GET /nodes"))
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> call(nodes, WIDE.get(Role.OWNER), ours, "").body().contains(theirs.node()));
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
        gateway.close();
        testDatabase.close();
    }

    /** The playground answers as OpenAI does, and is no servlet's: it is tried with the portal. */
    static Stream<Operation> operations() {
        return Operation.all().stream().filter(operation -> !operation.path().startsWith(Rule.ROOT + "/playground/"));
    }

    static Stream<Operation> changes() {
        return operations().filter(operation -> !operation.reads());
    }

    @Test
    void theDocumentAndTheRulesNameTheSameOperations() {
        List<String> ruled = Rule.ALL.stream()
                .map(rule -> rule.method() + " " + rule.path().substring(Rule.ROOT.length()))
                .toList();
        assertThat(Operation.all().stream().map(Operation::name))
                .as("docs/openapi.json and Rule.ALL")
                .containsExactlyInAnyOrderElementsOf(ruled);
        assertThat(Sample.names()).as("lines of Sample.TABLE are operations").isSubsetOf(ruled);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobodyIsAskedToSignIn(Operation operation) throws SQLException {
        Answer answer = call(operation, null, theirs, "");
        if (rule(operation).who() instanceof Rule.Who.Anybody) {
            allowed(answer, operation + " as nobody");
        } else {
            status(answer, operation + " as nobody", 401);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aRoleOfTheInstallationMayDoWhatItsScopesSay(Operation operation) throws SQLException {
        Sample sample = Sample.of(operation);
        for (Role role : Role.values()) {
            String situation = "%s as %s of the installation".formatted(operation, role);
            Answer answer = call(operation, WIDE.get(role), theirs, "");
            if (!rule(operation).admits(role)) {
                status(answer, situation, 403);
                continue;
            }
            if (role == Role.DEVELOPER && answer.status() == 404) {
                continue;
            }
            allowed(answer, situation);
            if (role == Role.DEVELOPER) {
                nothingOfTheirs(answer, situation);
            } else if (operation.reads() && sample.whose() == Sample.Whose.TENANTS && !isStream(operation)) {
                assertThat(Stream.concat(ours.in(answer.body()).stream(), theirs.in(answer.body()).stream()))
                        .as(
                                "%s shows a tenant's row; if it shows none by its nature, say SHARED or INSTALLATION in Sample.TABLE, else seed one in Tenancy: %s",
                                situation, answer.body())
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aRoleOfATenantMayDoWhatItsScopesSayToItsOwn(Operation operation) throws SQLException {
        Sample sample = Sample.of(operation);
        for (Role role : Role.values()) {
            String situation = "%s as %s of the tenant itself".formatted(operation, role);
            Answer answer = call(operation, OURS.get(role), ours, "");
            if (!rule(operation).admits(role) || sample.whose() == Sample.Whose.INSTALLATION) {
                status(answer, situation, 403);
                continue;
            }
            if (role == Role.DEVELOPER && answer.status() == 404) {
                continue;
            }
            allowed(answer, situation);
            nothingOfTheirs(answer, situation);
            if (operation.reads()
                    && sample.whose() == Sample.Whose.TENANTS
                    && role != Role.DEVELOPER
                    && !isStream(operation)) {
                assertThat(ours.in(answer.body()))
                        .as("%s shows its own: %s", situation, answer.body())
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aRoleOfATenantNeitherSeesNorTouchesWhatIsAnothers(Operation operation) throws SQLException {
        Sample sample = Sample.of(operation);
        for (Role role : Role.values()) {
            String situation = "%s as %s of another tenant".formatted(operation, role);
            Answer answer = call(operation, OURS.get(role), theirs, "");
            if (!rule(operation).admits(role) || sample.whose() == Sample.Whose.INSTALLATION) {
                status(answer, situation, 403);
            } else if (sample.whose() == Sample.Whose.SHARED) {
                allowed(answer, situation);
                nothingOfTheirs(answer, situation);
            } else if (operation.namesSomething() || sample.namesSomething()) {
                status(answer, situation, 404);
            } else {
                allowed(answer, situation);
                nothingOfTheirs(answer, situation);
                narrowed(operation, role, situation);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRefusedChangeChangesNothing(Operation operation) throws SQLException {
        Sample sample = Sample.of(operation);
        if (sample.whose() != Sample.Whose.TENANTS) {
            return;
        }
        Map<String, String> things = theirs.things();
        String before = theirRows();
        for (Role role : Role.values()) {
            call(operation, OURS.get(role), things, "");
        }
        assertThat(theirRows()).as(operation.name()).isEqualTo(before);
    }

    /** A filter that names what is another's finds nothing. */
    private static void narrowed(Operation operation, Role role, String situation) throws SQLException {
        for (String filter : List.of("tenant", "project", "key")) {
            if (operation.query().contains(filter)) {
                String query = "&%s=%s".formatted(filter, theirsAtFirst.get(filter));
                Answer answer = call(operation, OURS.get(role), theirsAtFirst, query);
                assertThat(answer.status()).as(situation + query).isIn(200, 404);
                nothingOfTheirs(answer, situation + query);
            }
        }
    }

    /** 409 and 502 are answers of those who were let through: it is so already, and the node is away. */
    private static void allowed(Answer answer, String situation) {
        assertThat(answer.status() / 100 == 2 || answer.status() == 409 || answer.status() == 502)
                .as("%s is allowed: %d %s", situation, answer.status(), answer.body())
                .isTrue();
    }

    private static void status(Answer answer, String situation, int status) {
        assertThat(answer.status()).as("%s: %s", situation, answer.body()).isEqualTo(status);
    }

    private static void nothingOfTheirs(Answer answer, String situation) {
        if (answer.status() / 100 == 2) {
            assertThat(theirs.in(answer.body()))
                    .as("%s shows another tenant's rows", situation)
                    .isEmpty();
        }
    }

    private static Rule rule(Operation operation) {
        return Rule.ALL.stream()
                .filter(rule -> rule.method().name().equals(operation.method())
                        && rule.path().equals(operation.path()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Rule.ALL has no rule for " + operation));
    }

    /** Calls it about a tenant's things: what is changed is made for this call. */
    private static Answer call(Operation operation, @Nullable String user, Tenancy about, String query)
            throws SQLException {
        Map<String, String> atFirst = about == ours ? oursAtFirst : theirsAtFirst;
        return call(operation, user, operation.reads() ? atFirst : about.things(), query);
    }

    private static Answer call(Operation operation, @Nullable String user, Map<String, String> things, String query)
            throws SQLException {
        Sample sample = Sample.of(operation);
        String asked = Sample.filled(sample.query(), things) + query;
        String path = Sample.filled(operation.filled(), things) + (asked.isEmpty() ? "" : "?" + asked);
        String body = sample.body().isEmpty() ? null : Sample.filled(sample.body(), things);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("content-type", "application/json");
        }
        if (user != null) {
            request.header("cookie", "XSRF-TOKEN=ours; gatehouse=" + session(user))
                    .header("x-xsrf-token", "ours");
        }
        return send(request.build());
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                boolean endless = answer.headers()
                        .firstValue("content-type")
                        .filter(type -> type.startsWith("text/event-stream"))
                        .isPresent();
                return new Answer(
                        answer.statusCode(), endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.toString(), e);
        }
    }

    private static boolean isStream(Operation operation) {
        return operation.path().endsWith("/live");
    }

    private static String user(String name, Role role, String tenant) throws SQLException {
        return ask("INSERT INTO users (name, role, tenant) VALUES ('%s', '%s', %s) RETURNING id"
                .formatted(name, name(role), tenant));
    }

    /** A new session of the user: its token. */
    private static String session(String user) throws SQLException {
        return ask("""
                WITH made AS (SELECT translate(encode(sha256(uuidv7()::text::bytea), 'base64'), '+/=', '-_') AS token)
                INSERT INTO sessions (digest, user_id, resets, expires_at)
                SELECT sha256(token::bytea), '%s', false, now() + interval '1 hour' FROM made
                RETURNING (SELECT token FROM made)""".formatted(user));
    }

    /** All that is in tables with tenants, of the other tenant. */
    private static String theirRows() throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (String table : ask("""
                        SELECT string_agg(oid::regclass::text, ' ' ORDER BY oid) FROM pg_class c
                        WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
                          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant')""").split(" ")) {
            rows.append(ask(
                    "SELECT '%1$s ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') || E'\\n' FROM %1$s t WHERE tenant = '%2$s'"
                            .formatted(table, theirs.tenant())));
        }
        return rows.append(ask("SELECT t::text FROM tenants t WHERE id = '%s'".formatted(theirs.tenant())))
                .toString();
    }

    private static String ask(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
