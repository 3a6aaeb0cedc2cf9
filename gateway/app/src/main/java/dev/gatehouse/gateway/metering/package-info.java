/**
 * What was used and what it cost: the ledger and its sums, and the same as metrics, which are open on failure.
 */
@ApplicationModule(
        allowedDependencies = {
            "vocabulary",
            "catalog",
            "database",
            "quota",
            "backend",
            "audit",
            "access",
            "access :: web"
        })
@NullMarked
package dev.gatehouse.gateway.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
