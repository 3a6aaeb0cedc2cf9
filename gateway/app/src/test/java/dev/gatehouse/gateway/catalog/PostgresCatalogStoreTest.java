package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
                INSERT INTO routes (model, preference, kind, upstream, price_uncached, price_cached, price_output)
                SELECT id, v.preference, 'nodes', v.upstream, 3, 2, 1
                FROM m, (VALUES (2, 'small'), (1, 'large')) AS v (preference, upstream)
                """);
        assertThat(store.all()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo(new ModelName("chat"));
            assertThat(model.ownedBy()).isEqualTo("acme");
            assertThat(model.created()).isNotNull();
            assertThat(model.routes())
                    .containsExactly(
                            new Route(Route.Kind.NODES, new ModelName("large"), new Price(3, 2, 1)),
                            new Route(Route.Kind.NODES, new ModelName("small"), new Price(3, 2, 1)));
        });
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
                            assertThat(model.routes())
                                    .containsExactly(new Route(Route.Kind.NODES, model.name(), Price.FREE));
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
