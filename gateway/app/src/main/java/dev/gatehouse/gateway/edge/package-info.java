/**
 * The public port: listening, limits, disconnects. Knows no dialect: rooms register their services.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
