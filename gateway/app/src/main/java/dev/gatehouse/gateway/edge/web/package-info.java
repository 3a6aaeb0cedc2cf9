/**
 * The servlets' side of the relay: they answer nobody but the public port.
 */
@NullMarked
package dev.gatehouse.gateway.edge.web;

import org.jspecify.annotations.NullMarked;
