/**
 * Who is calling: tenants, projects and API keys. With the database down, keys that are not cached are refused as a fault of ours.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
