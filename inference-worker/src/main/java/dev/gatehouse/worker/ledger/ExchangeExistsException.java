package dev.gatehouse.worker.ledger;

/** The ledger has a record of this exchange already. */
public final class ExchangeExistsException extends Exception {

    ExchangeExistsException(ExchangeId id) {
        super("The exchange " + id + " has been run on this node already.");
    }
}
