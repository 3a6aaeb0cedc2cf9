/** The gateway: one secured, metered, filtered and audited door to every model. */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
