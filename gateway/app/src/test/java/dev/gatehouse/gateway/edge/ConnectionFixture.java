package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;

/** For the dialects' tests: a connection over a request that came from no socket. */
public final class ConnectionFixture {

    private ConnectionFixture() {}

    public static Connection over(ServiceRequestContext context) {
        return new Connection(context, new EmbeddedChannel(), Duration.ofHours(1), ended -> {});
    }
}
