package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.List;

/** What turns out to be otherwise after a request's lines were written. */
public interface Corrections {

    /**
     * A request that is in the ledger, or should have been.
     *
     * @param start the start of the gateway that served it
     * @param blind what the caller owes was not known when it was closed; otherwise what its lines say of that holds
     */
    record Request(IntentId id, Caller caller, ModelName model, long start, boolean blind) {}

    /** One dispatch, by the record of the node that generated. */
    record Dispatched(String node, Charge charge) {}

    /**
     * Adds to the ledger what its lines of the request lack, and lets limits count the difference: both or neither, and once for ever.
     *
     * @param all every dispatch that there was
     * @return whether this was the one time
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    boolean correct(Request request, List<Dispatched> all);
}
