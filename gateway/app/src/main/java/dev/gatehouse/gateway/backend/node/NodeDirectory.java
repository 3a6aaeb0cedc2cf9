package dev.gatehouse.gateway.backend.node;

import java.util.List;

/** Which nodes have registered, shared by all gateways on one database. */
interface NodeDirectory {

    /** Notes that a node has just reported; what it serves becomes routable. */
    void heard(Registration registration);

    /** Every node that reported within the last day, with when it was last heard. */
    List<Heard> all();
}
