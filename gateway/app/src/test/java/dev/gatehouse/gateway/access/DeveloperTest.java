package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What developers make, see and ask for, on PostgreSQL. */
@Timeout(60)
final class DeveloperTest {

    private static final Actor OWNER = new Actor("root", Role.OWNER, Optional.empty(), "192.0.2.1");
    private static final ModelName SMALL = new ModelName("small");
    private static final ModelName LARGE = new ModelName("large");

    private static TestDatabase database;
    private static OpenDatabase pools;

    private final Acts acts = new Acts();
    private Keys keys;
    private Grants grants;
    private AccessRequests requests;
    private ConsoleKeys consoleKeys;
    private Tenant tenant;
    private ProjectId project;
    private Actor dev;
    private Actor other;

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        PepperCheck.run(TestKeys.peppers(1), new PostgresPepperStore(pools.core()));
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        PostgresSight sight = new PostgresSight(pools.core(), pools.tenants(), acts::on);
        KeyStore store = new PostgresKeyStore(pools.core(), pools.tenants());
        keys = new PostgresKeys(sight, new KeyIssuer(TestKeys.peppers(1)));
        grants = new PostgresGrants(sight);
        requests = new PostgresAccessRequests(sight);
        consoleKeys = new PostgresConsoleKeys(sight, grants, new LastUses(store, Clock.systemUTC()));
        tenant = new PostgresTenants(sight).create(OWNER, "tenant " + UUID.randomUUID());
        project =
                new PostgresProjects(sight).create(OWNER, tenant.id(), "search").id();
        dev = user("dev", Role.DEVELOPER, Optional.of(tenant.id()));
        other = user("other", Role.DEVELOPER, Optional.of(tenant.id()));
        acts.heard.clear();
    }

    @Test
    void ownsTheKeysThatItMakesAndSeesNoOthers() {
        granted(dev, Optional.empty());
        granted(other, Optional.empty());
        Key mine = create(dev, KeyScope.EVERYTHING).key();
        Key theirs = create(other, KeyScope.EVERYTHING).key();
        Key tenants = create(OWNER, KeyScope.EVERYTHING).key();
        assertThat(mine.owner()).contains(new Owner(dev.user(), dev.name()));
        assertThat(tenants.owner()).isEmpty();
        assertThat(listed(dev)).containsExactly(mine);
        assertThat(keys.owned(dev)).containsExactly(mine);
        assertThat(listed(OWNER)).containsExactly(mine, theirs, tenants);
        for (KeyId hidden : List.of(theirs.id(), tenants.id())) {
            assertThat(keys.find(dev, hidden)).isEmpty();
            assertThat(keys.revoke(dev, hidden)).isEmpty();
            assertThat(keys.rotate(dev, hidden, Duration.ZERO)).isEmpty();
            assertThat(keys.change(dev, hidden, named(KeyScope.EVERYTHING))).isEmpty();
        }
        assertThat(keys.rotate(dev, mine.id(), Duration.ZERO)).isPresent();
        assertThat(keys.revoke(dev, mine.id())).isPresent();
    }

    @Test
    void makesKeysForWhatItWasGrantedAlone() {
        forbidden("no access to this project", () -> create(dev, KeyScope.EVERYTHING));
        granted(dev, Optional.of(SMALL));
        forbidden("you have access to small", () -> create(dev, KeyScope.EVERYTHING));
        forbidden("no access to large", () -> create(dev, only(SMALL, LARGE)));
        Key made = create(dev, only(SMALL)).key();
        forbidden("no access to large", () -> keys.change(dev, made.id(), named(only(LARGE))));
        forbidden("you have access to small", () -> keys.change(dev, made.id(), named(KeyScope.EVERYTHING)));
        granted(dev, Optional.of(LARGE));
        assertThat(keys.change(dev, made.id(), named(only(SMALL, LARGE)))).isPresent();
        granted(dev, Optional.empty());
        assertThat(keys.change(dev, made.id(), named(KeyScope.EVERYTHING))).isPresent();
    }

    @Test
    void withoutATenantSeesNothing() {
        create(OWNER, KeyScope.EVERYTHING);
        Actor nowhere = user("nowhere", Role.DEVELOPER, Optional.empty());
        assertThat(listed(nowhere)).isEmpty();
        assertThat(grants.of(nowhere)).isEmpty();
        Actor nobody = new Actor("nobody", Role.DEVELOPER, Optional.of(tenant.id()), "");
        assertThat(listed(nobody)).isEmpty();
    }

    @Test
    void isToldWhatItWasGranted() {
        assertThat(grants.of(dev)).isEmpty();
        granted(dev, Optional.of(SMALL));
        assertThat(grants.of(dev)).singleElement().satisfies(granted -> {
            assertThat(granted.name()).isEqualTo("search");
            assertThat(granted.permits().models()).contains(Set.of(SMALL));
        });
        assertThat(grants.of(other)).isEmpty();
        assertThat(grants.of(user("ann", Role.ADMIN, Optional.of(tenant.id()))))
                .singleElement()
                .satisfies(granted -> assertThat(granted.permits().models()).isEmpty());
        assertThat(grants.of(user("aud", Role.AUDITOR, Optional.of(tenant.id()))))
                .isEmpty();
    }

    @Test
    void asksOnceAndIsAnsweredOnce() {
        AccessRequest asked = requests.ask(dev, project, Optional.of(SMALL), "for tests");
        refused(RefusedException.Why.EXISTS, () -> requests.ask(dev, project, Optional.of(SMALL), "again"));
        assertThat(requests.ask(dev, project, Optional.of(LARGE), "more").state())
                .isEqualTo(AccessRequest.State.OPEN);
        AccessRequest declined =
                requests.decline(OWNER, asked.id(), Optional.of("no")).orElseThrow();
        assertThat(declined.state()).isEqualTo(AccessRequest.State.DECLINED);
        assertThat(declined.decision().orElseThrow().by()).isEqualTo("root");
        assertThat(declined.decision().orElseThrow().note()).contains("no");
        refused(RefusedException.Why.FIXED, () -> requests.approve(OWNER, asked.id(), Optional.empty()));
        assertThat(grants.of(dev)).isEmpty();
        assertThat(requests.ask(dev, project, Optional.of(SMALL), "please").reason())
                .isEqualTo("please");
        assertThat(acts.what()).containsExactly("access.ask", "access.ask", "access.decline", "access.ask");
        assertThat(acts.heard).allSatisfy(act -> assertThat(act.tenant()).contains(tenant.id()));
    }

    @Test
    void showsADeveloperItsOwnRequestsAndATenantsAdministratorAll() {
        AccessRequest mine = requests.ask(dev, project, Optional.empty(), "x");
        AccessRequest theirs = requests.ask(other, project, Optional.empty(), "y");
        assertThat(asked(dev)).containsExactly(mine);
        assertThat(asked(user("ann", Role.ADMIN, Optional.of(tenant.id())))).containsExactly(mine, theirs);
        Actor stranger =
                new Actor("eve", Role.OWNER, Optional.of(TestKeys.caller().tenant()), "");
        assertThat(asked(stranger)).isEmpty();
        assertThat(requests.approve(stranger, mine.id(), Optional.empty())).isEmpty();
        assertThat(requests.approve(dev, theirs.id(), Optional.empty())).isEmpty();
        refused(RefusedException.Why.FIXED, () -> requests.approve(dev, mine.id(), Optional.empty()));
        refused(
                RefusedException.Why.MISSING,
                () -> requests.ask(dev, new ProjectId(UUID.randomUUID()), Optional.empty(), ""));
    }

    @Test
    void getsOneConsoleKeyInAProjectWithWhatItWasGranted() {
        granted(dev, Optional.of(SMALL));
        Caller caller = consoleKeys.caller(dev, Optional.empty());
        assertThat(caller.project()).isEqualTo(project);
        assertThat(caller.permits().models()).contains(Set.of(SMALL));
        assertThat(consoleKeys.caller(dev, Optional.of(project))).isEqualTo(caller);
        Key key = keys.find(dev, caller.key()).orElseThrow();
        assertThat(key.kind()).isEqualTo(Key.Kind.CONSOLE);
        assertThat(key.secrets()).isEmpty();
        assertThat(acts.what()).containsOnlyOnce("key.create");
        refused(RefusedException.Why.FIXED, () -> keys.rotate(dev, key.id(), Duration.ZERO));
        refused(RefusedException.Why.FIXED, () -> keys.change(dev, key.id(), named(only(SMALL))));
        assertThat(consoleKeys.caller(boss(), Optional.of(project)).key()).isNotEqualTo(caller.key());
    }

    @Test
    void isBarredFromThePlaygroundByARevocationUntilItIsGrantedAgain() {
        granted(dev, Optional.empty());
        Caller caller = consoleKeys.caller(dev, Optional.empty());
        keys.revoke(OWNER, caller.key());
        barred(Code.NOT_PERMITTED, "was revoked", () -> consoleKeys.caller(dev, Optional.empty()));
        granted(dev, Optional.empty());
        assertThat(consoleKeys.caller(dev, Optional.empty()).key()).isNotEqualTo(caller.key());
    }

    @Test
    void mustSayWhichProjectPaysAndHaveAccessToIt() {
        barred(Code.INVALID_VALUE, "ask for access", () -> consoleKeys.caller(dev, Optional.empty()));
        barred(Code.NOT_PERMITTED, "no access", () -> consoleKeys.caller(dev, Optional.of(project)));
        barred(
                Code.INVALID_VALUE,
                "no such project",
                () -> consoleKeys.caller(dev, Optional.of(new ProjectId(UUID.randomUUID()))));
        ProjectId second = new PostgresProjects(new PostgresSight(pools.core(), pools.tenants(), acts::on))
                .create(OWNER, tenant.id(), "find")
                .id();
        Actor admin = user("ann", Role.ADMIN, Optional.of(tenant.id()));
        barred(Code.INVALID_VALUE, "which project pays", () -> consoleKeys.caller(admin, Optional.empty()));
        assertThat(consoleKeys.caller(admin, Optional.of(second)).project()).isEqualTo(second);
    }

    private Actor boss() {
        return user("boss", Role.OWNER, Optional.empty());
    }

    private void granted(Actor actor, Optional<ModelName> model) {
        AccessRequest asked = requests.ask(actor, project, model, "tests");
        assertThat(requests.approve(OWNER, asked.id(), Optional.empty())
                        .orElseThrow()
                        .state())
                .isEqualTo(AccessRequest.State.APPROVED);
    }

    private Keys.Issued create(Actor actor, KeyScope scope) {
        return keys.create(actor, project, named(scope));
    }

    private static Key.Properties named(KeyScope scope) {
        return new Key.Properties("key", Optional.empty(), scope);
    }

    private static KeyScope only(ModelName... models) {
        return new KeyScope(Optional.of(Set.of(models)), Optional.empty(), Optional.empty());
    }

    private List<Key> listed(Actor actor) {
        Keys.Filter filter =
                new Keys.Filter(Optional.of(tenant.id()), Optional.empty(), Optional.empty(), Optional.empty());
        return keys.list(actor, filter, new Paging(Optional.empty(), 100)).items();
    }

    private List<AccessRequest> asked(Actor actor) {
        return requests.list(actor, Optional.empty(), new Paging(Optional.empty(), 100))
                .items();
    }

    private static Actor user(String name, Role role, Optional<TenantId> tenant) {
        String unique = name + "-" + UUID.randomUUID();
        PostgresUserStore users = new PostgresUserStore(pools.core());
        users.put(unique, role, tenant, "{noop}x");
        return users.find(unique).orElseThrow().at("192.0.2.7");
    }

    private static void forbidden(String message, ThrowingCallable act) {
        assertThatThrownBy(act)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.why()).isEqualTo(RefusedException.Why.FORBIDDEN));
    }

    private static void refused(RefusedException.Why why, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.why()).isEqualTo(why));
    }

    private static void barred(Code code, String message, ThrowingCallable act) {
        assertThatThrownBy(act)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        KeyRefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
