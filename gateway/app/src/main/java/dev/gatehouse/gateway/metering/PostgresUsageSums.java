package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import org.springframework.stereotype.Component;

/** The table {@code usage_hours}. */
@Component
final class PostgresUsageSums implements UsageSums {

    private static final String SUMS = """
            SELECT %s AS part, sum(requests) AS requests, sum(attempts) AS attempts, sum(prompt_tokens) AS prompt,
                sum(cached_tokens) AS cached, sum(completion_tokens) AS completion, sum(reasoning_tokens) AS reasoning,
                sum(charge_nano) AS charge, sum(cost_nano) AS cost
            FROM usage_hours
            WHERE hour >= :from AND hour < :until
              AND (:tenant::uuid IS NULL OR tenant = :tenant)
              AND (:project::uuid IS NULL OR project = :project)
              AND (:key::uuid IS NULL OR key = :key)
              AND (:model::text IS NULL OR model = :model)
            GROUP BY 1 ORDER BY %s LIMIT :most
            """;

    private static final String BY_CHARGE = "charge DESC, part";
    private static final String BY_TIME = "part";

    private final PostgresSight sight;

    PostgresUsageSums(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public List<Sum> by(Actor actor, Grouping by, Requests.Filter filter) {
        return sight.read(
                actor,
                client -> client.sql(statement(by))
                        .param("from", Timestamp.from(filter.from()))
                        .param("until", Timestamp.from(filter.until()))
                        .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                        .param("project", filter.project().map(ProjectId::value).orElse(null), Types.OTHER)
                        .param("key", filter.key().map(KeyId::value).orElse(null), Types.OTHER)
                        .param("model", filter.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                        .param("most", MOST)
                        .query((row, _) -> sum(row))
                        .list());
    }

    private static String statement(Grouping by) {
        return switch (by) {
            case TENANT -> SUMS.formatted("tenant::text", BY_CHARGE);
            case PROJECT -> SUMS.formatted("project::text", BY_CHARGE);
            case KEY -> SUMS.formatted("key::text", BY_CHARGE);
            case MODEL -> SUMS.formatted("model", BY_CHARGE);
            case HOUR -> SUMS.formatted("to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')", BY_TIME);
            case DAY -> SUMS.formatted("to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD')", BY_TIME);
        };
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getString("part"),
                row.getLong("requests"),
                row.getLong("attempts"),
                new LedgerLine.Tokens(
                        row.getLong("prompt"),
                        row.getLong("cached"),
                        row.getLong("completion"),
                        row.getLong("reasoning")),
                row.getLong("charge"),
                row.getLong("cost"));
    }
}
