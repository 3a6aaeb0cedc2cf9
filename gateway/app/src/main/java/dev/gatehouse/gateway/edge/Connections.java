package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes the connection of each request. */
@Component
public final class Connections {

    private final Duration deadline;

    Connections(EdgeProperties properties) {
        deadline = properties.exchangeTimeout();
    }

    public Connection accept(ServiceRequestContext context) {
        return new Connection(context, deadline);
    }
}
