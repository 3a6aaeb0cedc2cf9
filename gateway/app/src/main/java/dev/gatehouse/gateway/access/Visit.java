package dev.gatehouse.gateway.access;

import java.net.InetAddress;

/**
 * How a key is presented.
 *
 * @param endpoint what is called
 * @param address the client's, as the public port sees it
 */
public record Visit(Endpoint endpoint, InetAddress address) {}
