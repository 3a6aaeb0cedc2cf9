/**
 * Serves the console, which comes as files of a jar of its own, below {@code /console/}. Knows nothing of what the console shows.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.gatehouse.gateway.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
