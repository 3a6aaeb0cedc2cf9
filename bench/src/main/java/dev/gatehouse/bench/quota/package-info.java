/** Whether a budget holds: more callers than it pays for, on several gateways, some of which vanish. */
@NullMarked
package dev.gatehouse.bench.quota;

import org.jspecify.annotations.NullMarked;
