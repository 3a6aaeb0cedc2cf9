/**
 * May this caller spend this much now: admit, narrow, more, settle. Every limit is a bucket; gateways lease its units in blocks from
 * PostgreSQL, which alone says how many there are, and serve requests from memory. Closed on failure: what is not leased is not spent.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "access :: web"})
@NullMarked
package dev.gatehouse.gateway.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
