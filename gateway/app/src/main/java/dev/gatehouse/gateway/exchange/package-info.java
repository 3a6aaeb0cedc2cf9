/**
 * The story of one request, from admission to its outcome.
 */
@ApplicationModule(
        allowedDependencies = {"vocabulary", "quota", "guard", "routing", "backend", "metering", "audit", "catalog"})
@NullMarked
package dev.gatehouse.gateway.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
