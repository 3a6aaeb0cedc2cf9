package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.StoredLimit;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code usage_hours} and {@code tenants}. */
@Component
final class PostgresForecasts implements Forecasts {

    private static final String ZONE = "SELECT time_zone FROM tenants WHERE id = :tenant";

    private static final String DAYS = """
            SELECT (hour AT TIME ZONE :zone)::date AS day, sum(charge)::bigint AS charge, sum(cost)::bigint AS cost FROM (
                SELECT hour, sum(charge_nano) AS charge, sum(cost_nano) AS cost FROM usage_hours
                WHERE hour >= :since AND hour < :now AND (:tenant::uuid IS NULL OR tenant = :tenant) GROUP BY hour) summed
            GROUP BY 1""";

    /** When the month began is asked once for each tenant: to ask for each sum takes most of the time. */
    private static final String SPEND = """
            WITH months AS MATERIALIZED (
                SELECT id, date_trunc('month', now() AT TIME ZONE time_zone) AT TIME ZONE time_zone AS began FROM tenants)
            SELECT t.id, t.name, coalesce(s.charge, 0)::bigint AS charge
            FROM tenants t LEFT JOIN (
                SELECT u.tenant, sum(u.charge_nano) AS charge FROM usage_hours u JOIN months m ON m.id = u.tenant
                WHERE u.hour >= now() - interval '32 days' AND u.hour >= m.began
                GROUP BY u.tenant) s ON s.tenant = t.id
            WHERE :tenant::uuid IS NULL OR t.id = :tenant
            ORDER BY charge DESC, t.name LIMIT 50""";

    private final PostgresSight sight;
    private final Budgets budgets;
    private final Clock clock;

    PostgresForecasts(PostgresSight sight, Budgets budgets, Clock clock) {
        this.sight = sight;
        this.budgets = budgets;
        this.clock = clock;
    }

    private record Used(LocalDate day, long charge, long cost) {}

    @Override
    public Forecast month(Actor actor, Optional<TenantId> asked) {
        Optional<TenantId> tenant = asked.or(actor::tenant);
        Instant now = clock.instant();
        Optional<Long> budget =
                budgets.ofMonth(actor, tenant).map(limit -> limit.state().amount());
        return sight.read(actor, client -> {
            ZoneId zone = tenant.flatMap(id -> zone(client, id)).orElse(ZoneOffset.UTC);
            LocalDate first = LocalDate.ofInstant(now, zone).withDayOfMonth(1);
            List<Used> days = days(client, tenant, zone, first.minusDays(Forecast.LOOKED_AT), now);
            NavigableMap<LocalDate, Long> charges = new TreeMap<>();
            days.forEach(day -> charges.put(day.day, day.charge));
            long cost = days.stream()
                    .filter(day -> !day.day.isBefore(first))
                    .mapToLong(Used::cost)
                    .sum();
            return Forecast.of(now, zone, charges, cost, budget);
        });
    }

    private static Optional<ZoneId> zone(JdbcClient client, TenantId tenant) {
        return client.sql(ZONE)
                .param("tenant", tenant.value())
                .query(String.class)
                .optional()
                .map(ZoneId::of);
    }

    private static List<Used> days(
            JdbcClient client, Optional<TenantId> tenant, ZoneId zone, LocalDate since, Instant now) {
        return PostgresFilter.planning(client)
                .sql(DAYS)
                .param("zone", zone.getId().equals("Z") ? "UTC" : zone.getId())
                .param("since", Timestamp.from(since.atStartOfDay(zone).toInstant()))
                .param("now", Timestamp.from(now))
                .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                .query((row, _) ->
                        new Used(row.getObject("day", LocalDate.class), row.getLong("charge"), row.getLong("cost")))
                .list();
    }

    @Override
    public List<Spend> spend(Actor actor, Optional<TenantId> tenant) {
        Map<UUID, StoredLimit> byTenant = budgets.of(actor, tenant, Optional.of(Level.TENANT)).stream()
                .filter(Budgets::isOfMonth)
                .collect(Collectors.toMap(limit -> limit.limit().subject(), Function.identity(), (one, _) -> one));
        return sight.read(
                actor,
                client -> PostgresFilter.planning(client)
                        .sql(SPEND)
                        .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                        .query((row, _) -> {
                            UUID id = PostgresSight.id(row, "id");
                            Optional<StoredLimit> budget = Optional.ofNullable(byTenant.get(id));
                            return new Spend(
                                    new TenantId(id),
                                    row.getString("name"),
                                    row.getLong("charge"),
                                    budget.map(limit -> limit.state().amount()),
                                    budget.map(limit -> limit.limit().soft()).orElse(OptionalInt.empty()));
                        })
                        .list());
    }
}
