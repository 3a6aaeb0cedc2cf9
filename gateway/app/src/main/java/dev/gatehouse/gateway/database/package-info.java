/**
 * How every room reaches PostgreSQL: one pool for each role, transactions that see one tenant, the schema's migration at the start, and
 * the lock that tells other gateways that this one lives.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
