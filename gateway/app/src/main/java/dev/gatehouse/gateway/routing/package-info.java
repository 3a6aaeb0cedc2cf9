/**
 * The candidates for a piece of work, best first.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "catalog", "backend"})
@NullMarked
package dev.gatehouse.gateway.routing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
