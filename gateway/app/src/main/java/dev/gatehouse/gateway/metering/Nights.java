package dev.gatehouse.gateway.metering;

import java.time.Instant;

/** Which night's work is whose. */
interface Nights {

    /** Whether nobody has begun the work of this night before; from now on somebody has. */
    boolean begin(Instant night);
}
