package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.Administration;

/**
 * A key whose calls cost something, and what they may cost in a quarter.
 *
 * @param limit the limit's id
 * @param amount nano-units of the currency
 */
record Budget(Administration.Key key, String limit, long amount) {

    /** The most that is taken of it: what is spent and leased, or what outcomes or the ledger say is owed. */
    String takenSql() {
        return """
                SELECT greatest(
                    (SELECT coalesce(sum(spent + leased), 0) FROM buckets WHERE limit_id = '%1$s'),
                    (SELECT coalesce(sum(charge_nano), 0) FROM outcomes WHERE key = '%2$s'),
                    (SELECT coalesce(sum(charge_nano), 0) FROM ledger WHERE key = '%2$s'))""".formatted(limit, key.id());
    }

    /** The columns of {@link Sums}, in their order. */
    String sumsSql() {
        return """
                SELECT (SELECT count(DISTINCT request) FROM ledger WHERE due AND key = '%2$s'),
                       (SELECT coalesce(sum(charge_nano), 0) FROM ledger WHERE kind = 'usage' AND due AND key = '%2$s'),
                       (SELECT coalesce(sum(charge_nano), 0) FROM ledger WHERE kind = 'correction' AND due AND key = '%2$s'),
                       (SELECT coalesce(sum(charge_nano), 0) FROM outcomes WHERE key = '%2$s'),
                       (SELECT coalesce(sum(spent), 0) FROM buckets WHERE limit_id = '%1$s')""".formatted(limit, key.id());
    }

    /** Units that are still leased, and calls without an outcome. */
    String openSql() {
        return """
                SELECT (SELECT coalesce(sum(leased), 0) FROM buckets WHERE limit_id = '%s')
                     + (SELECT count(*) FROM intents i
                        WHERE key = '%s' AND NOT EXISTS (SELECT FROM outcomes o WHERE o.intent = i.id))""".formatted(limit, key.id());
    }
}
