/**
 * Is this text allowed in, and out: a tenant's policy over the detectors of {@code dev.gatehouse.detect}. Closed on failure.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
