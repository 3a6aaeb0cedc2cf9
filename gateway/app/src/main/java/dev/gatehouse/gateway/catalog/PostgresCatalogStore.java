package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code models}, {@code routes}, {@code prices} and {@code tariffs}. */
final class PostgresCatalogStore implements CatalogStore {

    private static final String OWNER = "gatehouse";

    private static final String ALL = """
            SELECT m.name, m.owned_by, m.created_at, r.kind, r.upstream
            FROM models m LEFT JOIN routes r ON r.model = m.id
            ORDER BY m.name, r.preference, r.id
            """;

    private static final String PRICES = """
            SELECT m.name, p.uncached, p.cached, coalesce(p.reasoning, p.output) AS reasoning, p.output, p.per_call,
                   p.valid_from, p.valid_until
            FROM prices p JOIN models m ON m.id = p.model
            WHERE p.valid_until IS NULL OR p.valid_until > now() - interval '1 day'
            """;

    private static final String TARIFFS = "SELECT valid_from, node_hour FROM tariffs";

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
        Map<ModelName, List<PriceList.Entry>> prices = prices();
        return byName.values().stream().map(rows -> model(rows, prices)).toList();
    }

    private Map<ModelName, List<PriceList.Entry>> prices() {
        return core
                .query(client -> client.sql(PRICES)
                        .query((row, _) -> Map.entry(new ModelName(row.getString("name")), entry(row)))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    @Override
    public Tariffs tariffs() {
        NavigableMap<Instant, Tariff> byBegin = new TreeMap<>();
        core.query(client -> client.sql(TARIFFS)
                        .query((row, _) -> Map.entry(time(row, "valid_from"), new Tariff(row.getLong("node_hour"))))
                        .list())
                .forEach(entry -> byBegin.put(entry.getKey(), entry.getValue()));
        return new Tariffs(byBegin);
    }

    @Override
    public int publish(Collection<ModelName> names) {
        String[] texts = names.stream().map(ModelName::value).toArray(String[]::new);
        return core.query(client -> client.sql(PUBLISH)
                .param("owner", OWNER)
                .param("names", new SqlArrayValue("text", (Object[]) texts))
                .update());
    }

    private static Model model(List<Row> rows, Map<ModelName, List<PriceList.Entry>> prices) {
        Row first = rows.getFirst();
        List<Route> routes = rows.stream().flatMap(row -> row.route.stream()).toList();
        PriceList list = new PriceList(prices.getOrDefault(first.name, List.of()));
        return new Model(first.name, first.ownedBy, first.created, routes, list);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new ModelName(row.getString("name")),
                row.getString("owned_by"),
                time(row, "created_at"),
                row.getString("kind") == null ? Optional.empty() : Optional.of(route(row)));
    }

    private static Route route(ResultSet row) throws SQLException {
        return new Route(
                Route.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new ModelName(row.getString("upstream")));
    }

    /** The price of a row. */
    static Price price(ResultSet row) throws SQLException {
        return new Price(
                row.getLong("uncached"),
                row.getLong("cached"),
                row.getLong("reasoning"),
                row.getLong("output"),
                row.getLong("per_call"));
    }

    private static PriceList.Entry entry(ResultSet row) throws SQLException {
        boolean ends = row.getObject("valid_until") != null;
        return new PriceList.Entry(price(row), time(row, "valid_from"), ends ? time(row, "valid_until") : Instant.MAX);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private record Row(ModelName name, String ownedBy, Instant created, Optional<Route> route) {}
}
