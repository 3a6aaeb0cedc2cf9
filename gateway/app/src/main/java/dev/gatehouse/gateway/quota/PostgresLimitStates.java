package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.support.SqlArrayValue;

/** Reads the table {@code buckets}. */
final class PostgresLimitStates implements LimitStates {

    private static final String LOOK = """
            SELECT limit_id, since, spent, leased, level, at
            FROM unnest(:limits, :sinces) AS k (limit_id, since) JOIN buckets b USING (limit_id, since)
            """;

    private final CoreDatabase core;
    private final LongSupplier clock;

    /** @param clock the pool's */
    PostgresLimitStates(CoreDatabase core, LongSupplier clock) {
        this.core = core;
        this.clock = clock;
    }

    private record Seen(BucketKey key, Bucket bucket) {}

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public Map<BucketKey, Bucket> of(List<Terms> terms) {
        Object[] limits = terms.stream().map(one -> one.key().limit()).toArray();
        Object[] sinces = terms.stream().map(one -> one.key().since()).toArray();
        return core
                .query(client -> client.sql(LOOK)
                        .param("limits", new SqlArrayValue("uuid", limits))
                        .param("sinces", new SqlArrayValue("bigint", sinces))
                        .query((row, _) -> new Seen(
                                new BucketKey(row.getObject("limit_id", UUID.class), row.getLong("since")),
                                new Bucket(
                                        row.getLong("spent"),
                                        row.getLong("leased"),
                                        row.getLong("level"),
                                        row.getLong("at"))))
                        .list())
                .stream()
                .collect(Collectors.toMap(Seen::key, Seen::bucket));
    }
}
