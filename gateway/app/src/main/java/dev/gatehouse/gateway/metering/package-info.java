/**
 * What was used, as metrics. Open on failure.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "catalog"})
@NullMarked
package dev.gatehouse.gateway.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
