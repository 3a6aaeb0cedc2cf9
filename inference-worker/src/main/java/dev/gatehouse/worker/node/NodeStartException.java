package dev.gatehouse.worker.node;

/** The node can not listen; the message says what to change. */
public final class NodeStartException extends RuntimeException {

    NodeStartException(NodeSettings settings, Throwable cause) {
        super(
                "The node can not listen on " + settings.address() + " port " + settings.port()
                        + ": another process may have it, or the address is not of this machine. Set"
                        + " gatehouse.worker.node.port (0 takes any free one) or gatehouse.worker.node.address.",
                cause);
    }
}
