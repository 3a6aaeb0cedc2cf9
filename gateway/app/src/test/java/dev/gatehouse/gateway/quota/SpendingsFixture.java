package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.OpenDatabase;

/** For other rooms' tests: what limits count, on a test's database. */
public final class SpendingsFixture {

    private static final int DEFAULT_RATE = 6_000;

    private SpendingsFixture() {}

    /** With the limits as they are in the database at each call. */
    public static Spendings on(OpenDatabase database) {
        LimitStore limits = new PostgresLimitStore(database.core());
        return new PostgresSpendings(database.transaction(), () -> new LimitBook(limits.all(), DEFAULT_RATE));
    }
}
