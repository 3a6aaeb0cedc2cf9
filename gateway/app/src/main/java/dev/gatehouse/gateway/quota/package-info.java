/**
 * May this caller spend this much now: admit, narrow, more, settle.
 */
@ApplicationModule(allowedDependencies = "vocabulary")
@NullMarked
package dev.gatehouse.gateway.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
