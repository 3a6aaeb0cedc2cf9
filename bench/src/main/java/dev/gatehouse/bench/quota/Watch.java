package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Looks at a budget again and again while it is spent, and remembers the most that was ever spent and leased at once. */
final class Watch {

    private static final long PAUSE_MS = 10;
    private static final long LAST_LOOK_SECONDS = 10;

    private final Database database;
    private final Budget budget;
    private final CompletableFuture<Seen> seen = new CompletableFuture<>();
    private volatile boolean ending;

    /**
     * @param overshoot nano-units that were spent and leased, or owed, beyond the budget at any one moment
     * @param looks how often it has looked
     */
    record Seen(long overshoot, long looks) {}

    private Watch(Database database, Budget budget) {
        this.database = database;
        this.budget = budget;
    }

    static Watch begin(Database database, Budget budget) {
        Watch watch = new Watch(database, budget);
        Thread.ofVirtual().name("watch").start(watch::complete);
        return watch;
    }

    /** Ends it. */
    Seen end() {
        ending = true;
        return seen.orTimeout(LAST_LOOK_SECONDS, TimeUnit.SECONDS).join();
    }

    private void complete() {
        try {
            seen.complete(look());
        } catch (InterruptedException | RuntimeException failed) {
            seen.completeExceptionally(failed);
        }
    }

    private Seen look() throws InterruptedException {
        long most = 0;
        long looks = 0;
        try (Database.Session session = database.session()) {
            while (!ending) {
                most = Math.max(most, session.query(budget.takenSql(), row -> row.getLong(1)));
                looks++;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
        return new Seen(Math.max(0, most - budget.amount()), looks);
    }
}
