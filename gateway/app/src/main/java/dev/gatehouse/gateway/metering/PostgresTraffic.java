package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts over time by {@code outcomes} and {@code ledger}, or by the sums of hours. */
@Component
final class PostgresTraffic implements Traffic {

    /** A longer time is never read request by request, unless a filter leaves no other way. */
    private static final Duration LONGEST_READ = Duration.ofDays(2);

    /** Nor is one of more requests. */
    private static final long MOST_READ = 50_000;

    private static final Duration RATE_WINDOW = Duration.ofMinutes(5);

    private static final String HOW_MANY = "SELECT coalesce(sum(requests), 0)::bigint FROM %s WHERE %%s";

    private static final String ENDS = """
            SELECT date_bin(:seconds * interval '1 second', uuid_extract_timestamp(o.intent), 'epoch') AS at, o.kind, count(*) AS requests
            FROM outcomes o WHERE %s GROUP BY 1, 2""";

    private static final String ENDS_BY_HOURS = """
            SELECT date_bin(:seconds * interval '1 second', hour, 'epoch') AS at, kind, sum(requests) AS requests
            FROM %s WHERE %%s GROUP BY 1, 2""";

    /** The last of each is looked for once they are counted: sorting all of them would take longer. */
    private static final String FAILURES = """
            SELECT counted.*, example.intent AS example FROM (
                SELECT o.kind, o.code, count(*) AS requests FROM outcomes o
                WHERE %1$s AND o.kind IN ('failed', 'refused', 'cut', 'not_dispatched', 'unknown')
                GROUP BY o.kind, o.code ORDER BY requests DESC, o.kind, o.code LIMIT 20) counted
            CROSS JOIN LATERAL (
                SELECT o.intent FROM outcomes o
                WHERE %1$s AND o.kind <> 'completed' AND o.kind = counted.kind AND o.code IS NOT DISTINCT FROM counted.code
                ORDER BY o.intent DESC LIMIT 1) example
            ORDER BY requests DESC, kind, code""";

    private static final String RECENT_TOKENS = """
            SELECT coalesce(sum(o.completion_tokens), 0)::bigint FROM outcomes o
            WHERE o.recorded_at >= :since AND o.recorded_at < :until AND %s""";

    private final PostgresSight sight;

    PostgresTraffic(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Histogram histogram(Actor actor, Requests.Filter filter, int most) {
        Buckets check = buckets(filter, most, Duration.ofSeconds(1));
        return sight.read(actor, client -> {
            PostgresFilter.planning(client);
            boolean single = !filter.marks().areOfHours() || few(client, actor, filter);
            Buckets parts = single ? check : buckets(filter, most, Duration.ofHours(1));
            return new Histogram(parts.seconds(), ends(parts, counted(client, actor, filter, parts, single)));
        });
    }

    @Override
    public Series series(Actor actor, Requests.Whose whose, Instant from, Instant until, int most) {
        Requests.Filter filter = new Requests.Filter(whose, from, until);
        Buckets check = buckets(filter, most, Duration.ofSeconds(1));
        return sight.read(actor, client -> {
            PostgresFilter.planning(client);
            if (few(client, actor, filter)) {
                return new PostgresSeries(client, actor, filter, check).single();
            }
            Buckets parts = buckets(filter, most, Duration.ofHours(1));
            return new PostgresSeries(client, actor, filter, parts).byHours();
        });
    }

    @Override
    public Summary summary(Actor actor, Requests.Whose whose, Instant from, Instant until) {
        Requests.Filter filter = new Requests.Filter(whose, from, until);
        return sight.read(actor, client -> {
            PostgresFilter.planning(client);
            boolean single = few(client, actor, filter);
            SeriesPoint all = new PostgresSeries(client, actor, filter, whole(filter)).whole(single);
            return new Summary(
                    all.requests(),
                    all.failed(),
                    all.firstTokenP50Ms(),
                    all.firstTokenP95Ms(),
                    all.outputTokens(),
                    (double) recentTokens(client, actor, filter) / RATE_WINDOW.toSeconds());
        });
    }

    @Override
    public Counts counts(Actor actor, Requests.Whose whose, Instant from, Instant until) {
        Requests.Filter filter = new Requests.Filter(whose, from, until);
        return sight.read(actor, client -> {
            PostgresFilter.planning(client);
            boolean single = few(client, actor, filter);
            HistogramBucket all = ends(whole(filter), counted(client, actor, filter, whole(filter), single))
                    .getFirst();
            return new Counts(all.every(), all.failed());
        });
    }

    @Override
    public List<Failure> failures(Actor actor, Requests.Whose whose, Instant from, Instant until) {
        PostgresFilter wanted = PostgresFilter.ofOutcomes(actor, new Requests.Filter(whose, from, until));
        return sight.read(
                actor,
                client -> wanted.in(PostgresFilter.planning(client), FAILURES)
                        .query((row, _) -> failure(
                                row.getString("kind"),
                                PostgresRequestRows.text(row, "code"),
                                row.getLong("requests"),
                                PostgresSight.id(row, "example")))
                        .list());
    }

    private static Failure failure(String kind, Optional<String> code, long count, UUID example) {
        return new Failure(kind, code, count, new IntentId(example).at(), example);
    }

    private static Buckets buckets(Requests.Filter filter, int most, Duration least) {
        return Buckets.of(filter.from(), filter.until(), most, least);
    }

    /** One part that is longer than any time. */
    private static Buckets whole(Requests.Filter filter) {
        return new Buckets(0, filter.until().getEpochSecond() + 1, 1);
    }

    /** The counts of hours that know what the filter is about. */
    private static String counts(Requests.Filter filter) {
        return filter.marks().node().isPresent() ? "node_hours" : "request_hours";
    }

    private static boolean few(JdbcClient client, Actor actor, Requests.Filter filter) {
        if (Duration.between(filter.from(), filter.until()).compareTo(LONGEST_READ) > 0) {
            return false;
        }
        return PostgresFilter.ofHours(actor, filter)
                        .in(client, HOW_MANY.formatted(counts(filter)))
                        .query(Long.class)
                        .single()
                <= MOST_READ;
    }

    private static Map<Long, Map<String, Long>> counted(
            JdbcClient client, Actor actor, Requests.Filter filter, Buckets parts, boolean single) {
        JdbcClient.StatementSpec statement = single
                ? PostgresFilter.ofOutcomes(actor, filter).in(client, ENDS)
                : PostgresFilter.ofHours(actor, filter).in(client, ENDS_BY_HOURS.formatted(counts(filter)));
        Map<Long, Map<String, Long>> counts = new HashMap<>();
        statement.param("seconds", parts.seconds()).query(row -> {
            counts.computeIfAbsent(row.getObject("at", OffsetDateTime.class).toEpochSecond(), _ -> new HashMap<>())
                    .put(row.getString("kind"), row.getLong("requests"));
        });
        return counts;
    }

    private static List<HistogramBucket> ends(Buckets parts, Map<Long, Map<String, Long>> counts) {
        return parts.begins().stream()
                .map(begin -> ends(begin, counts.getOrDefault(begin.getEpochSecond(), Map.of())))
                .toList();
    }

    private static HistogramBucket ends(Instant at, Map<String, Long> kinds) {
        Map<String, Long> others = new HashMap<>(kinds);
        return new HistogramBucket(
                at,
                taken(others, "completed"),
                taken(others, "refused"),
                taken(others, "cut"),
                taken(others, "left"),
                taken(others, "failed"),
                others.values().stream().mapToLong(Long::longValue).sum());
    }

    private static long taken(Map<String, Long> counts, String kind) {
        Long count = counts.remove(kind);
        return count == null ? 0 : count;
    }

    private static long recentTokens(JdbcClient client, Actor actor, Requests.Filter filter) {
        Requests.Filter open = new Requests.Filter(filter.whose(), Instant.EPOCH, filter.until());
        return PostgresFilter.ofOutcomes(actor, open)
                .in(client, RECENT_TOKENS)
                .param("since", Timestamp.from(filter.until().minus(RATE_WINDOW)))
                .query(Long.class)
                .single();
    }
}
