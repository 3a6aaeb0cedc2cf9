package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresCatalogStoreTest {

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static CatalogStore store;

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        store = new PostgresCatalogStore(pools.core());
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        change("DELETE FROM models");
    }

    @Test
    void readsAModelWithItsRoutesThePreferredFirst() throws SQLException {
        change("""
                WITH m AS (INSERT INTO models (name, owned_by) VALUES ('chat', 'acme') RETURNING id)
                INSERT INTO routes (model, preference, kind, upstream)
                SELECT id, v.preference, 'nodes', v.upstream
                FROM m, (VALUES (2, 'small'), (1, 'large')) AS v (preference, upstream)
                """);
        assertThat(store.all()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo(new ModelName("chat"));
            assertThat(model.ownedBy()).isEqualTo("acme");
            assertThat(model.created()).isNotNull();
            assertThat(model.routes())
                    .containsExactly(
                            new Route(Route.Kind.NODES, new ModelName("large")),
                            new Route(Route.Kind.NODES, new ModelName("small")));
        });
    }

    @Test
    void readsEachPriceWithItsTimeAndThinkingAsOtherOutputWhereNothingElseIsSaid() throws SQLException {
        change("""
                WITH m AS (INSERT INTO models (name, owned_by) VALUES ('chat', 'acme') RETURNING id)
                INSERT INTO prices (model, valid_from, valid_until, uncached, cached, reasoning, output, per_call)
                SELECT id, v.a::timestamptz, v.b::timestamptz, 3, 2, v.reasoning, 1, 9
                FROM m, (VALUES ('2026-01-01Z', '2027-01-01Z', 5), ('2026-06-01Z', NULL, NULL)) AS v (a, b, reasoning)
                """);
        assertThat(store.all()).singleElement().satisfies(model -> {
            assertThat(model.price(Instant.parse("2025-12-31T23:59:59Z"))).isEqualTo(Price.FREE);
            assertThat(model.price(Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo(new Price(3, 2, 5, 1, 9));
            assertThat(model.price(Instant.parse("2026-06-01T00:00:00Z"))).isEqualTo(new Price(3, 2, 1, 1, 9));
            assertThat(model.price(Instant.parse("2040-01-01T00:00:00Z"))).isEqualTo(new Price(3, 2, 1, 1, 9));
        });
    }

    @Test
    void readsWhichTariffHoldsWhen() throws SQLException {
        change("INSERT INTO tariffs (valid_from, node_hour) VALUES ('2026-01-01Z', 5), ('2026-02-01Z', 7)");
        assertThat(store.tariffs().at(Instant.parse("2025-01-01T00:00:00Z"))).isEqualTo(Tariff.NONE);
        assertThat(store.tariffs().at(Instant.parse("2026-01-31T00:00:00Z"))).isEqualTo(new Tariff(5));
        assertThat(store.tariffs().at(Instant.parse("2026-02-01T00:00:00Z"))).isEqualTo(new Tariff(7));
    }

    @Test
    void readsAModelWithoutRoutes() throws SQLException {
        change("INSERT INTO models (name, owned_by) VALUES ('soon', 'acme')");
        assertThat(store.all())
                .singleElement()
                .satisfies(model -> assertThat(model.routes()).isEmpty());
    }

    @Test
    void publishesAModelWithARouteToTheNodesAndLeavesOthersAsTheyAre() throws SQLException {
        change("INSERT INTO models (name, owned_by) VALUES ('taken', 'acme')");
        List<ModelName> names = List.of(new ModelName("taken"), new ModelName("new'; --"), new ModelName("new'; --"));
        assertThat(store.publish(names)).isOne();
        assertThat(store.publish(names)).isZero();
        assertThat(store.all())
                .satisfiesExactly(
                        model -> {
                            assertThat(model.name()).isEqualTo(new ModelName("new'; --"));
                            assertThat(model.routes()).containsExactly(new Route(Route.Kind.NODES, model.name()));
                        },
                        model -> assertThat(model.routes()).isEmpty());
    }

    @Test
    void publishesOnceHoweverManyGatewaysDo() throws InterruptedException, ExecutionException {
        Callable<Integer> publish = () -> store.publish(List.of(new ModelName("tiny-moe")));
        int added = 0;
        try (ExecutorService gateways = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one :
                    gateways.invokeAll(Stream.generate(() -> publish).limit(8).toList())) {
                added += one.get();
            }
        }
        assertThat(added).isOne();
        assertThat(store.all())
                .singleElement()
                .satisfies(model -> assertThat(model.routes()).hasSize(1));
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
