package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.NodeName;

/** HMAC-SHA-256 under a node's key, which is HKDF-SHA-256 (RFC 5869) of the join secret and the node's name. */
public interface NodeSignatures {

    byte[] sign(NodeName node, byte[] claims);

    /** Whether any join secret in force made this signature. Takes the same time for every wrong one. */
    boolean verify(NodeName node, byte[] claims, byte[] mac);
}
