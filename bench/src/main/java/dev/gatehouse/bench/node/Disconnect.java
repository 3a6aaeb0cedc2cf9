package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Objects;

/** Tells at once that the other side of an HTTP/1 connection has closed it; Armeria by itself waits a second. */
final class Disconnect {

    private Disconnect() {}

    /**
     * Runs {@code action} on the channel's event loop when the connection closes.
     *
     * @return stops listening; to be run when the exchange has ended
     */
    static Runnable listen(ServiceRequestContext ctx, Runnable action) {
        Channel channel = Objects.requireNonNull(
                ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel(), "a served request has a channel");
        ChannelFutureListener listener = closed -> action.run();
        channel.closeFuture().addListener(listener);
        return () -> channel.closeFuture().removeListener(listener);
    }
}
