/**
 * Our own inference nodes: the node protocol's client, and the registry that they report to.
 */
@NullMarked
package dev.gatehouse.gateway.backend.node;

import org.jspecify.annotations.NullMarked;
