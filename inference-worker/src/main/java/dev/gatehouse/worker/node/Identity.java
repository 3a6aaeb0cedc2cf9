package dev.gatehouse.worker.node;

import java.net.URI;
import java.util.UUID;

/**
 * Who this process is, once its port listens.
 *
 * @param url at which the gateways reach it
 * @param startId made at each start
 */
record Identity(String name, URI url, UUID startId, String version, String build) {}
