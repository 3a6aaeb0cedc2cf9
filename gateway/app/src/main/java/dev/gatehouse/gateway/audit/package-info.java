/**
 * What happened and who did it: an intent before anything is dispatched, an outcome before the last byte leaves. Append only; closed on failure.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "access :: web"})
@NullMarked
package dev.gatehouse.gateway.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
