package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.util.ReleasableHolder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** HTTP/1.1 to the nodes, on the event loop of the request that asks. */
@Component
final class NodeClient implements DisposableBean {

    private final ClientFactory factory;
    private final WebClient web;

    NodeClient(NodeProperties properties) {
        factory = ClientFactory.builder()
                .connectTimeout(properties.connectTimeout())
                .idleTimeout(Duration.ofSeconds(30))
                .preferHttp1(true)
                .eventLoopSchedulerFactory(group -> (protocol, endpoints, endpoint) -> new Loop(loop(group)))
                .build();
        web = WebClient.builder()
                .factory(factory)
                .responseTimeout(Duration.ZERO)
                .maxResponseLength(0)
                .build();
    }

    WebClient web() {
        return web;
    }

    @Override
    public void destroy() {
        factory.close();
    }

    private static EventLoop loop(EventLoopGroup group) {
        RequestContext current = RequestContext.currentOrNull();
        return current == null ? group.next() : current.eventLoop().withoutContext();
    }

    /** A loop that is not counted, as it is chosen by who asks. */
    private record Loop(EventLoop get) implements ReleasableHolder<EventLoop> {
        @Override
        public void release() {}
    }
}
