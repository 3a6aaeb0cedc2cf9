package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Duration;
import java.util.List;

/** Which nodes have registered, shared by all gateways on one database. */
interface NodeDirectory {

    /** Notes that a node has just reported; what it serves becomes routable. Its coming and its return are acts of the actor {@code gatehouse}. */
    void heard(Registration registration);

    /** Every node that reported within the last day, with when it was last heard. */
    List<Heard> all();

    /**
     * Tells of the nodes that have been silent for longer, each once whoever asks how often: an act of the actor {@code gatehouse}.
     *
     * @return those of which this call told
     */
    List<NodeName> tellOfLost(Duration silent);
}
