package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresAdministrationTest {

    private static final Actor OWNER = new Actor("root", Role.OWNER, Optional.empty(), "192.0.2.1");

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static KeyStore store;

    private final Acts acts = new Acts();
    private Tenants tenants;
    private Projects projects;
    private Keys keys;
    private Tenant ours;
    private Project project;

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        store = new PostgresKeyStore(pools.core(), pools.tenants());
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
        tenants = new PostgresTenants(sight);
        projects = new PostgresProjects(sight);
        keys = new PostgresKeys(sight, new KeyIssuer(TestKeys.peppers(1)));
        ours = tenants.create(OWNER, "tenant " + UUID.randomUUID());
        project = projects.create(OWNER, ours.id(), "search");
        acts.heard.clear();
    }

    @Test
    void findsAKeyBySecretWithItsScopeAndItsExpiry() {
        KeyScope scope = new KeyScope(
                Optional.of(Set.of(new ModelName("a"), new ModelName("b"))),
                Optional.of(Set.of(Endpoint.CHAT)),
                Optional.of(List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32"))));
        Instant end = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MICROS);
        Keys.Issued issued = keys.create(OWNER, project.id(), new Key.Properties("scoped", Optional.of(end), scope));
        KeyRecord found = found(issued.secret()).orElseThrow();
        assertThat(found.scope()).isEqualTo(scope);
        assertThat(found.expires()).contains(end);
        assertThat(found.caller().permits().models()).isEqualTo(scope.models());
        assertThat(keys.find(OWNER, issued.key().id())).contains(issued.key());
        assertThat(issued.key().secrets())
                .singleElement()
                .satisfies(secret ->
                        assertThat(secret.prefix()).isEqualTo(issued.secret().prefix()));
    }

    @Test
    void keepsTwoSecretsGoodWhileAKeyIsRotatedAndNotThree() {
        Keys.Issued first = key("rotated");
        Keys.Issued second =
                keys.rotate(OWNER, first.key().id(), Duration.ofHours(1)).orElseThrow();
        assertThat(found(first.secret()).orElseThrow().expires())
                .hasValueSatisfying(end -> assertThat(end).isAfter(Instant.now()));
        assertThat(found(second.secret()).orElseThrow().expires()).isEmpty();
        assertThat(second.key().secrets()).hasSize(2);

        Keys.Issued third =
                keys.rotate(OWNER, first.key().id(), Duration.ofHours(1)).orElseThrow();
        assertThat(found(first.secret()).orElseThrow().expires())
                .hasValueSatisfying(
                        end -> assertThat(end).isBefore(Instant.now().plusSeconds(5)));
        assertThat(third.key().secrets()).hasSize(2);
        assertThat(found(third.secret()).orElseThrow().caller())
                .isEqualTo(found(second.secret()).orElseThrow().caller());
    }

    @Test
    void endsTheOldSecretAtOnceWithoutAGrace() {
        Keys.Issued first = key("hurried");
        assertThat(keys.rotate(OWNER, first.key().id(), Duration.ZERO)).isPresent();
        assertThat(found(first.secret()).orElseThrow().expires())
                .hasValueSatisfying(
                        end -> assertThat(end).isBefore(Instant.now().plusSeconds(5)));
    }

    @Test
    void revokesOnceAndRotatesARevokedKeyNoMore() {
        KeyId id = key("ended").key().id();
        Key revoked = keys.revoke(OWNER, id).orElseThrow();
        assertThat(revoked.state()).isEqualTo(Key.State.REVOKED);
        assertThat(keys.revoke(OWNER, id)).contains(revoked);
        assertThatThrownBy(() -> keys.rotate(OWNER, id, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.why()).isEqualTo(RefusedException.Why.OVER));
        assertThat(acts.what()).containsExactly("key.create", "key.revoke");
    }

    @Test
    void tellsOfEveryActWhoDidItAndWhatChangedWithoutSecrets() {
        Keys.Issued issued = key("told");
        keys.change(OWNER, issued.key().id(), new Key.Properties("renamed", Optional.empty(), KeyScope.EVERYTHING));
        tenants.rename(OWNER, ours.id(), ours.name() + " and sons");
        projects.rename(OWNER, project.id(), "find");
        assertThat(acts.what()).containsExactly("key.create", "key.change", "tenant.rename", "project.rename");
        assertThat(acts.heard)
                .allSatisfy(act -> {
                    assertThat(act.actor()).isEqualTo("root");
                    assertThat(act.address()).isEqualTo("192.0.2.1");
                    assertThat(act.tenant()).contains(ours.id());
                })
                .noneMatch(act -> act.toString().contains(issued.secret().secret()));
        Act renamed = acts.heard.get(1);
        assertThat(renamed.before().orElseThrow()).containsEntry("name", "told");
        assertThat(renamed.after().orElseThrow()).containsEntry("name", "renamed");
        assertThat(acts.heard.getFirst().before()).isEmpty();
    }

    @Test
    void undoesAnActThatCannotBeRecorded() {
        Keys.Issued issued = key("kept");
        acts.refusing = true;
        assertThatThrownBy(() -> keys.revoke(OWNER, issued.key().id())).hasMessage("a drill");
        assertThatThrownBy(() -> tenants.create(OWNER, "never made")).hasMessage("a drill");
        assertThat(keys.find(OWNER, issued.key().id()).orElseThrow().state()).isEqualTo(Key.State.ACTIVE);
        assertThat(tenants.list(OWNER, Optional.of("never made"), page(10)).items())
                .isEmpty();
    }

    @Test
    void hidesATenantFromTheUsersOfAnother() {
        Keys.Issued issued = key("hidden");
        Tenant theirs = tenants.create(OWNER, "tenant " + UUID.randomUUID());
        Actor stranger = new Actor("eve", Role.OWNER, Optional.of(theirs.id()), "");
        KeyId id = issued.key().id();
        assertThat(keys.find(stranger, id)).isEmpty();
        assertThat(keys.revoke(stranger, id)).isEmpty();
        assertThat(keys.rotate(stranger, id, Duration.ZERO)).isEmpty();
        assertThat(keys.change(stranger, id, new Key.Properties("x", Optional.empty(), KeyScope.EVERYTHING)))
                .isEmpty();
        assertThat(keys.list(stranger, all(), page(200)).items()).isEmpty();
        assertThat(projects.find(stranger, project.id())).isEmpty();
        assertThat(projects.rename(stranger, project.id(), "x")).isEmpty();
        assertThat(projects.list(stranger, Optional.of(ours.id()), Optional.empty(), page(10))
                        .items())
                .isEmpty();
        assertThat(tenants.find(stranger, ours.id())).isEmpty();
        assertThat(tenants.rename(stranger, ours.id(), "x")).isEmpty();
        assertThat(tenants.list(stranger, Optional.empty(), page(200)).items()).containsExactly(theirs);
        refused(RefusedException.Why.FORBIDDEN, () -> tenants.create(stranger, "mine"));
        refused(RefusedException.Why.MISSING, () -> projects.create(stranger, ours.id(), "mine"));
        refused(
                RefusedException.Why.MISSING,
                () -> keys.create(
                        stranger, project.id(), new Key.Properties("x", Optional.empty(), KeyScope.EVERYTHING)));
        assertThat(keys.find(OWNER, id)).contains(issued.key());
    }

    @Test
    void letsAUserOfATenantAdministerIt() {
        Actor own = new Actor("ann", Role.ADMIN, Optional.of(ours.id()), "");
        Keys.Issued issued =
                keys.create(own, project.id(), new Key.Properties("own", Optional.empty(), KeyScope.EVERYTHING));
        assertThat(keys.list(own, all(), page(10)).items()).containsExactly(issued.key());
        assertThat(keys.revoke(own, issued.key().id())).isPresent();
    }

    @Test
    void pagesThroughAllKeysInTheOrderInWhichTheyWereMade() {
        List<KeyId> made =
                IntStream.range(0, 7).mapToObj(i -> key("key " + i).key().id()).toList();
        List<KeyId> seen = new ArrayList<>();
        Optional<UUID> after = Optional.empty();
        do {
            Page<Key> page = keys.list(OWNER, inTenant(Optional.empty(), Optional.empty()), new Paging(after, 3));
            page.items().forEach(key -> seen.add(key.id()));
            after = page.next();
        } while (after.isPresent());
        assertThat(seen).isEqualTo(made);
    }

    @Test
    void filtersByProjectStateAndName() {
        Keys.Issued active = key("An active_key");
        Key revoked = keys.revoke(OWNER, key("revoked").key().id()).orElseThrow();
        Keys.Issued expired = keys.create(
                OWNER,
                project.id(),
                new Key.Properties("expired", Optional.of(Instant.now().minusSeconds(1)), KeyScope.EVERYTHING));
        assertThat(expired.key().state()).isEqualTo(Key.State.EXPIRED);
        assertThat(listed(Optional.of(Key.State.ACTIVE), Optional.empty())).containsExactly(active.key());
        assertThat(listed(Optional.of(Key.State.REVOKED), Optional.empty())).containsExactly(revoked);
        assertThat(listed(Optional.of(Key.State.EXPIRED), Optional.empty())).containsExactly(expired.key());
        assertThat(listed(Optional.empty(), Optional.of("ACTIVE_"))).containsExactly(active.key());
        assertThat(listed(Optional.empty(), Optional.of("%"))).isEmpty();
        assertThat(keys.list(
                                OWNER,
                                new Keys.Filter(
                                        Optional.empty(),
                                        Optional.of(new ProjectId(UUID.randomUUID())),
                                        Optional.empty(),
                                        Optional.empty()),
                                page(10))
                        .items())
                .isEmpty();
    }

    @Test
    void refusesANameThatIsTaken() {
        refused(RefusedException.Why.EXISTS, () -> tenants.create(OWNER, ours.name()));
        refused(RefusedException.Why.EXISTS, () -> projects.create(OWNER, ours.id(), project.name()));
        refused(RefusedException.Why.MISSING, () -> projects.create(OWNER, new TenantId(UUID.randomUUID()), "orphan"));
    }

    @Test
    void notesTheLastUse() {
        Keys.Issued issued = key("used");
        Instant used = Instant.now().truncatedTo(ChronoUnit.MICROS);
        store.used(Map.of(issued.key().id(), used));
        store.used(Map.of(issued.key().id(), used.minusSeconds(60)));
        assertThat(keys.find(OWNER, issued.key().id()).orElseThrow().lastUsed()).contains(used);
    }

    private Keys.Issued key(String name) {
        return keys.create(OWNER, project.id(), new Key.Properties(name, Optional.empty(), KeyScope.EVERYTHING));
    }

    private List<Key> listed(Optional<Key.State> state, Optional<String> name) {
        return keys.list(OWNER, inTenant(state, name), page(10)).items();
    }

    private Keys.Filter inTenant(Optional<Key.State> state, Optional<String> name) {
        return new Keys.Filter(Optional.of(ours.id()), Optional.of(project.id()), state, name);
    }

    private static Keys.Filter all() {
        return new Keys.Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Paging page(int limit) {
        return new Paging(Optional.empty(), limit);
    }

    private static Optional<KeyRecord> found(ApiKey secret) {
        KeyDigest digest = TestKeys.peppers(1).signing().digest(secret);
        return Optional.ofNullable(store.find(List.of(digest)).get(digest));
    }

    private static void refused(RefusedException.Why why, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.why()).isEqualTo(why));
    }
}
