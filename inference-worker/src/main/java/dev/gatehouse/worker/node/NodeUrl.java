package dev.gatehouse.worker.node;

import java.net.InetSocketAddress;
import java.net.URI;

/** The address at which others reach this node. */
final class NodeUrl {

    private NodeUrl() {}

    /** The one that was set, else one made of address and port. */
    static URI of(NodeSettings settings, InetSocketAddress bound) {
        return settings.givenUrl()
                .orElseGet(() -> URI.create("http://" + host(settings.address()) + ":" + bound.getPort()));
    }

    /** @throws IllegalArgumentException the node listens on all addresses and gateways could not know which to use */
    static void requireReachable(NodeSettings settings) {
        boolean everywhere =
                settings.address().equals("0.0.0.0") || settings.address().equals("::");
        if (everywhere && settings.givenUrl().isEmpty() && !settings.gateways().isEmpty()) {
            throw new IllegalArgumentException("gatehouse.worker.node.address is " + settings.address()
                    + ": set gatehouse.worker.node.url to the URL at which the gateways reach this node.");
        }
    }

    private static String host(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
