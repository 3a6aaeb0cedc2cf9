/**
 * How every room reaches PostgreSQL: one pool for each role, transactions that see one tenant, the schema's migration at the start, and
 * one session of the gateway's own, whose lock tells other gateways that this one lives and which hears what they say.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
