/**
 * The node protocol: exchanges under tickets, their record, health, draining, metrics, and the registration with the
 * gateways. {@code docs/node-protocol.md} is its specification.
 */
@NullMarked
package dev.gatehouse.worker.node;

import org.jspecify.annotations.NullMarked;
