package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code usage_hours}. */
@Component
final class PostgresUsageSums implements UsageSums {

    private static final String HOUR = "to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    private static final String DAY = "to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD')";

    private static final String MEASURES = """
            sum(requests) AS requests, sum(attempts) AS attempts, sum(prompt_tokens) AS prompt, sum(cached_tokens) AS cached,
                sum(completion_tokens) AS completion, sum(reasoning_tokens) AS reasoning, sum(charge_nano)::bigint AS charge,
                sum(cost_nano)::bigint AS cost
            FROM usage_hours WHERE %s""";

    /** Names are looked up for what is shown. */
    private static final String SUMS = """
            SELECT s.*, {name} AS label FROM (
                SELECT * FROM (SELECT {part} AS part, {at} AS at, {measures} GROUP BY 1, 2) every
                WHERE {after} ORDER BY {order} LIMIT :most) s {names}
            ORDER BY {order}""";

    private static final String TOTAL = "SELECT 'total' AS part, NULL AS at, NULL AS label, " + MEASURES;

    private final PostgresSight sight;

    PostgresUsageSums(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Part by(Actor actor, Wanted wanted) {
        return sight.read(actor, client -> {
            PostgresFilter.planning(client);
            List<Sum> read = page(client, actor, wanted);
            Sum total = hours(actor, wanted)
                    .in(client, TOTAL)
                    .query((row, _) -> sum(row))
                    .single();
            boolean more = read.size() > wanted.limit();
            List<Sum> items = more ? read.subList(0, wanted.limit()) : read;
            return new Part(items, more ? Optional.of(place(wanted, items.getLast())) : Optional.empty(), total);
        });
    }

    private static List<Sum> page(JdbcClient client, Actor actor, Wanted wanted) {
        JdbcClient.StatementSpec statement =
                hours(actor, wanted).in(client, statement(wanted)).param("most", wanted.limit() + 1);
        wanted.after().ifPresent(place -> {
            String[] last = read(place);
            statement.param("first", byTime(wanted) ? last[0] : (Object) Long.valueOf(last[0]));
            statement.param("second", last[1]);
        });
        return statement.query((row, _) -> sum(row)).list();
    }

    private static PostgresFilter hours(Actor actor, Wanted wanted) {
        return switch (wanted.time()) {
            case Time.Span(Instant from, Instant until) ->
                PostgresFilter.ofHours(actor, new Requests.Filter(wanted.whose(), from, until));
            case Time.Month(Instant now) -> PostgresFilter.ofMonth(actor, wanted.whose(), now);
        };
    }

    private static String statement(Wanted wanted) {
        String order = wanted.over().isPresent() ? "at, part" : byTime(wanted) ? "part" : "charge DESC, part";
        String after = wanted.over().isPresent()
                ? "(at, part) > (:first, :second)"
                : byTime(wanted)
                        ? "part > :second AND :first = ''"
                        : "(charge < :first OR charge = :first AND part > :second)";
        return SUMS.replace("{name}", named(wanted.by()) ? "n.name" : "NULL::text")
                .replace("{names}", names(wanted.by()))
                .replace("{part}", part(wanted.by()))
                .replace("{at}", at(wanted))
                .replace("{measures}", MEASURES)
                .replace("{after}", wanted.after().isPresent() ? after : "true")
                .replace("{order}", order);
    }

    private static boolean byTime(Wanted wanted) {
        return wanted.over().isPresent() || wanted.by() == Grouping.HOUR || wanted.by() == Grouping.DAY;
    }

    private static String part(Grouping by) {
        return switch (by) {
            case TENANT -> "tenant::text";
            case PROJECT -> "project::text";
            case KEY -> "key::text";
            case MODEL -> "model";
            case HOUR -> HOUR;
            case DAY -> DAY;
        };
    }

    private static String at(Wanted wanted) {
        return wanted.over()
                .map(over -> switch (over) {
                    case HOUR -> HOUR;
                    case DAY -> DAY;
                })
                .orElse("NULL::text");
    }

    private static boolean named(Grouping by) {
        return by == Grouping.TENANT || by == Grouping.PROJECT || by == Grouping.KEY;
    }

    private static String names(Grouping by) {
        return named(by)
                ? "LEFT JOIN "
                        + Map.of(Grouping.TENANT, "tenants", Grouping.PROJECT, "projects", Grouping.KEY, "keys")
                                .get(by) + " n ON n.id = s.part::uuid"
                : "";
    }

    /** Where a part has ended: what it is ordered by, and the group. */
    private static String place(Wanted wanted, Sum last) {
        String first = wanted.over().isPresent()
                ? last.at().orElseThrow()
                : byTime(wanted) ? "" : Long.toString(last.charge());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((first + '|' + last.group()).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] read(String place) {
        String[] parts = new String(Base64.getUrlDecoder().decode(place), StandardCharsets.UTF_8).split("\\|", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("take it from 'next' of the part before");
        }
        return parts;
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getString("part"),
                PostgresRequestRows.text(row, "label"),
                PostgresRequestRows.text(row, "at"),
                row.getLong("requests"),
                row.getLong("attempts"),
                PostgresRequestRows.tokens(row, ""),
                row.getLong("charge"),
                row.getLong("cost"));
    }
}
