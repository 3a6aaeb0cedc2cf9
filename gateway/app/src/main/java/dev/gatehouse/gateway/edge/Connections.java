package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Cause;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Makes the connection of each request, and knows those that are open. */
@Component
public final class Connections {

    private final Duration deadline;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Connections(EdgeProperties properties) {
        deadline = properties.exchangeTimeout();
    }

    public Connection accept(ServiceRequestContext context) {
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel == null) {
            throw new IllegalStateException("a request without a connection");
        }
        if (!context.sessionProtocol().isMultiplex()) {
            HeadWithBody.on(channel);
        }
        Connection connection = new Connection(context, channel, deadline, open::remove);
        open.add(connection);
        return connection;
    }

    /** Tells every open request that its time is over. */
    void shutDown() {
        open.forEach(connection -> connection.loop().execute(() -> connection.gone(Cause.SHUTDOWN)));
    }
}
