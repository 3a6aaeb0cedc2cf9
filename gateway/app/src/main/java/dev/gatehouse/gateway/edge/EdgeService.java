package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.server.ServerBuilder;

/** Something that is served on the public port; a bean of its room. */
public interface EdgeService {

    void register(ServerBuilder server);
}
