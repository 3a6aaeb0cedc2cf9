package dev.gatehouse.worker.ledger;

import java.nio.file.Path;
import java.time.Clock;

/** Opens the ledger of a directory, and prints how many records it has; started with a small heap by its test. */
final class FullLedgerRun {

    private FullLedgerRun() {}

    public static void main(String[] arguments) {
        try (Ledger ledger = Ledger.open(Path.of(arguments[0]), Clock.systemUTC(), 1 << 24)) {
            System.out.println("records " + ledger.records());
        }
    }
}
