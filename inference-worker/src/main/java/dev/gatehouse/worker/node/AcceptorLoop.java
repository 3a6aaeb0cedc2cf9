package dev.gatehouse.worker.node;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Accepts connections. Ends at once: the default waits two seconds for tasks that an acceptor never gets. */
final class AcceptorLoop extends MultiThreadIoEventLoopGroup {

    private static final int LONGEST_END_SECONDS = 2;

    AcceptorLoop(String name) {
        super(1, new DefaultThreadFactory(name), NioIoHandler.newFactory());
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
}
