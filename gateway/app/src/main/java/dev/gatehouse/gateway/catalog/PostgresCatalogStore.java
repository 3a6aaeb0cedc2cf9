package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code models} and {@code routes}. */
final class PostgresCatalogStore implements CatalogStore {

    private static final String OWNER = "gatehouse";

    private static final String ALL = """
            SELECT m.name, m.owned_by, m.created_at, r.kind, r.upstream, r.price_uncached, r.price_cached, r.price_output
            FROM models m LEFT JOIN routes r ON r.model = m.id
            ORDER BY m.name, r.preference, r.id
            """;

    private static final String PUBLISH = """
            WITH added AS (
                INSERT INTO models (name, owned_by) SELECT DISTINCT name, :owner FROM unnest(:names) AS served (name)
                ON CONFLICT (name) DO NOTHING
                RETURNING id, name)
            INSERT INTO routes (model, kind, upstream) SELECT id, 'nodes', name FROM added
            """;

    private final CoreDatabase core;

    PostgresCatalogStore(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public List<Model> all() {
        Map<ModelName, List<Row>> byName =
                core
                        .query(client ->
                                client.sql(ALL).query(PostgresCatalogStore::row).list())
                        .stream()
                        .collect(Collectors.groupingBy(Row::name, LinkedHashMap::new, Collectors.toList()));
        return byName.values().stream().map(PostgresCatalogStore::model).toList();
    }

    @Override
    public int publish(Collection<ModelName> names) {
        String[] texts = names.stream().map(ModelName::value).toArray(String[]::new);
        return core.query(client -> client.sql(PUBLISH)
                .param("owner", OWNER)
                .param("names", new SqlArrayValue("text", (Object[]) texts))
                .update());
    }

    private static Model model(List<Row> rows) {
        Row first = rows.getFirst();
        List<Route> routes = rows.stream().flatMap(row -> row.route.stream()).toList();
        return new Model(first.name, first.ownedBy, first.created, routes);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new ModelName(row.getString("name")),
                row.getString("owned_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("kind") == null ? Optional.empty() : Optional.of(route(row)));
    }

    private static Route route(ResultSet row) throws SQLException {
        return new Route(
                Route.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new ModelName(row.getString("upstream")),
                new Price(row.getLong("price_uncached"), row.getLong("price_cached"), row.getLong("price_output")));
    }

    private record Row(ModelName name, String ownedBy, Instant created, Optional<Route> route) {}
}
