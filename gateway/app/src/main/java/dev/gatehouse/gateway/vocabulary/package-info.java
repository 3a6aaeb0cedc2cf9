/**
 * Words that all rooms share. Uses {@code java.*} only and holds no behaviour beyond its own consistency.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.gatehouse.gateway.vocabulary;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
