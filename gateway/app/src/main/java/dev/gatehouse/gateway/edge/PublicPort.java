package dev.gatehouse.gateway.edge;

/** Where the public port listens. */
public interface PublicPort {

    /** Base URL, without a path; the port must be listening. */
    String url();
}
