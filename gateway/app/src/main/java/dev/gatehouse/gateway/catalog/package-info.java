/**
 * Which models exist, and by which routes they are reached.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "access :: web", "backend"})
@NullMarked
package dev.gatehouse.gateway.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
