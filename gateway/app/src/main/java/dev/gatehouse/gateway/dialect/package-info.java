/**
 * What the dialects share: the way of a request from its head to its work, the reading of its JSON, and answers on a connection.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "catalog", "exchange", "edge"})
@NullMarked
package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
