/**
 * Whatever generates: the {@link dev.gatehouse.gateway.backend.Backend} port and the flow that carries an answer to its sink.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "guard", "quota", "audit", "edge", "access"})
@NullMarked
package dev.gatehouse.gateway.backend;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
