package dev.gatehouse.bench.quota;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What the books say of a budget's calls when all are over; amounts in nano-units of the currency.
 *
 * @param calls requests of which a line of the ledger is due
 * @param usage charged by the lines that were written when requests ended
 * @param corrections charged by the lines that were written later, below 0 where less is owed
 * @param outcomes charged by the outcomes, which are never corrected
 * @param spent of the budget
 */
record Sums(long calls, long usage, long corrections, long outcomes, long spent) {

    static Sums read(ResultSet row) throws SQLException {
        return new Sums(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    /** Whether ledger, outcomes, budget and the node, which accepted so many calls, say the same. */
    boolean agree(long accepted) {
        return calls == accepted && usage == outcomes && usage + corrections == spent;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "the ledger has %,d calls that are due, for %,d and corrections of %,d; outcomes say %,d, the budget has spent %,d",
                calls,
                usage,
                corrections,
                outcomes,
                spent);
    }
}
