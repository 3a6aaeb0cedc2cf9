package dev.gatehouse.gateway.audit;

import java.time.Duration;

/** An intent on its way to the disk. */
public interface Pending {

    /**
     * Waits until the intent is durable.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when it is not durable in time
     */
    Ticket await(Duration deadline);
}
