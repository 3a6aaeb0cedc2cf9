/**
 * The public port: listening, TLS, limits, disconnects, and the relay to the servlets. Knows no dialect: rooms register their services.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
