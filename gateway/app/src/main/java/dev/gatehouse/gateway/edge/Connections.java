package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
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
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel == null) {
            throw new IllegalStateException("a request without a connection");
        }
        return new Connection(context, channel, deadline);
    }
}
