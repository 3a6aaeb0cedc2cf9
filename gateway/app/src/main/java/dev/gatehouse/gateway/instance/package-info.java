/**
 * This process among others: its name, its start, its run file, and its supervisor.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "edge"})
@NullMarked
package dev.gatehouse.gateway.instance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
