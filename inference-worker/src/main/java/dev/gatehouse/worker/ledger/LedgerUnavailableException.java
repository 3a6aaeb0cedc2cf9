package dev.gatehouse.worker.ledger;

/** No exchange can be recorded now; the message says what to do about it. */
public final class LedgerUnavailableException extends Exception {

    private final String why;

    LedgerUnavailableException(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
