package dev.gatehouse.worker.ledger;

/** The ledger can not be opened; the message names the file and what to do. */
public final class LedgerException extends RuntimeException {

    LedgerException(String message) {
        super(message);
    }

    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
