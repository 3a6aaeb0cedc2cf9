/**
 * What users see of their own: their keys and what these cost, what they may use, and what else there is to ask for.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "access :: web", "catalog", "metering", "backend"})
@NullMarked
package dev.gatehouse.gateway.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
