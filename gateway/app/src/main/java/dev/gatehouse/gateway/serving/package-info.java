/**
 * What generates, as administrators see it: the nodes with their load, cost and failures.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "access :: web", "backend", "catalog", "metering"})
@NullMarked
package dev.gatehouse.gateway.serving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
