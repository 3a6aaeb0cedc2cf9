package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was granted, and what goes when it is taken back, on PostgreSQL. */
@Timeout(60)
final class AccessGrantsTest {

    private static final Actor OWNER = new Actor("root", Role.OWNER, Optional.empty(), "192.0.2.1");
    private static final ModelName SMALL = new ModelName("small");
    private static final ModelName LARGE = new ModelName("large");

    private static TestDatabase database;
    private static OpenDatabase pools;

    private final Acts acts = new Acts();
    private Keys keys;
    private AccessGrants grants;
    private AccessRequests requests;
    private Tenant tenant;
    private ProjectId project;
    private Actor dev;

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
        keys = new PostgresKeys(sight, new KeyIssuer(TestKeys.peppers(1)));
        grants = new PostgresAccessGrants(sight);
        requests = new PostgresAccessRequests(sight);
        tenant = new PostgresTenants(sight).create(OWNER, "tenant " + UUID.randomUUID());
        project =
                new PostgresProjects(sight).create(OWNER, tenant.id(), "search").id();
        dev = user("dev", Role.DEVELOPER, Optional.of(tenant.id()));
    }

    @Test
    void areListedForWhoDecidesOfItsTenantAlone() {
        AccessGrant all = granted(Optional.empty());
        assertThat(all.grantee()).isEqualTo(dev.user().orElseThrow());
        assertThat(all.granteeName()).contains(dev.name());
        assertThat(all.projectName()).isEqualTo("search");
        assertThat(all.by()).isEqualTo("root");
        assertThat(listed(user("ann", Role.ADMIN, Optional.of(tenant.id())))).containsExactly(all);
        Actor stranger =
                new Actor("eve", Role.OWNER, Optional.of(TestKeys.caller().tenant()), "");
        assertThat(listed(stranger)).isEmpty();
        assertThat(grants.find(stranger, all.id())).isEmpty();
        assertThat(grants.revoke(stranger, all.id())).isEmpty();
        assertThat(listed(OWNER)).containsExactly(all);
    }

    @Test
    void sayBeforehandWhichKeysLoseWhat() {
        granted(Optional.of(SMALL));
        AccessGrant large = granted(Optional.of(LARGE));
        Key both = made(Optional.of(Set.of(SMALL, LARGE)));
        Key one = made(Optional.of(Set.of(LARGE)));
        made(Optional.of(Set.of(SMALL)));
        AccessGrants.Detail detail = grants.find(OWNER, large.id()).orElseThrow();
        assertThat(detail.losses())
                .containsExactly(
                        new AccessGrants.Loss(both, Optional.of(only(SMALL))),
                        new AccessGrants.Loss(one, Optional.empty()));
        assertThat(current(both)).isEqualTo(both);
        assertThat(listed(OWNER)).hasSize(2);
    }

    @Test
    void takeFromTheKeysWhatNoOtherGrantPermits() {
        granted(Optional.of(SMALL));
        AccessGrant large = granted(Optional.of(LARGE));
        Key both = made(Optional.of(Set.of(SMALL, LARGE)));
        Key one = made(Optional.of(Set.of(LARGE)));
        acts.heard.clear();
        grants.revoke(OWNER, large.id());
        assertThat(current(both).scope()).isEqualTo(only(SMALL));
        assertThat(current(one).state()).isEqualTo(Key.State.REVOKED);
        assertThat(acts.what()).containsExactly("access.revoke", "key.change", "key.revoke");
        Act act = acts.heard.getFirst();
        assertThat(act.tenant()).contains(tenant.id());
        assertThat(act.target()).isEqualTo(large.id());
        assertThat(act.before().orElseThrow()).containsEntry("model", "large").containsEntry("grantee", dev.name());
        assertThat(act.after()).isEmpty();
        assertThatThrownBy(() -> made(Optional.of(Set.of(LARGE)))).hasMessageContaining("no access to large");
    }

    @Test
    void ofAllModelsLeaveTheKeysWhatWasGrantedBesides() {
        granted(Optional.of(SMALL));
        AccessGrant all = granted(Optional.empty());
        Key wide = made(Optional.empty());
        grants.revoke(OWNER, all.id());
        assertThat(current(wide).scope()).isEqualTo(only(SMALL));
    }

    @Test
    void ofOneModelTakeNothingWhereAllAreGranted() {
        AccessGrant small = granted(Optional.of(SMALL));
        granted(Optional.empty());
        Key wide = made(Optional.empty());
        Key one = made(Optional.of(Set.of(SMALL)));
        assertThat(grants.revoke(OWNER, small.id()).orElseThrow().losses()).isEmpty();
        assertThat(current(wide)).isEqualTo(wide);
        assertThat(current(one)).isEqualTo(one);
    }

    @Test
    void areTakenBackOnce() {
        AccessGrant all = granted(Optional.empty());
        assertThat(grants.revoke(OWNER, all.id())).isPresent();
        assertThat(grants.revoke(OWNER, all.id())).isEmpty();
        assertThat(listed(OWNER)).isEmpty();
    }

    @Test
    void leaveOthersKeysAlone() {
        AccessGrant all = granted(Optional.empty());
        Key tenants = keys.create(OWNER, project, named(KeyScope.EVERYTHING)).key();
        grants.revoke(OWNER, all.id());
        assertThat(current(tenants)).isEqualTo(tenants);
    }

    private AccessGrant granted(Optional<ModelName> model) {
        AccessRequest asked = requests.ask(dev, project, model, "tests");
        requests.approve(OWNER, asked.id(), Optional.empty());
        return listed(OWNER).stream()
                .filter(grant -> grant.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private Key made(Optional<Set<ModelName>> models) {
        return keys.create(dev, project, named(new KeyScope(models, Optional.empty(), Optional.empty())))
                .key();
    }

    private Key current(Key key) {
        return keys.find(OWNER, key.id()).orElseThrow();
    }

    private List<AccessGrant> listed(Actor actor) {
        AccessGrants.Filter here =
                new AccessGrants.Filter(Optional.of(tenant.id()), Optional.of(project), Optional.empty());
        return grants.list(actor, here, new Paging(Optional.empty(), 100)).items();
    }

    private static Key.Properties named(KeyScope scope) {
        return new Key.Properties("key", Optional.empty(), scope);
    }

    private static KeyScope only(ModelName model) {
        return new KeyScope(Optional.of(Set.of(model)), Optional.empty(), Optional.empty());
    }

    private static Actor user(String name, Role role, Optional<TenantId> tenant) {
        String unique = name + "-" + UUID.randomUUID();
        PostgresUserStore users = new PostgresUserStore(pools.core());
        users.put(unique, role, tenant, "{noop}x");
        return users.find(unique).orElseThrow().at("192.0.2.7");
    }
}
