/** What the guard's detectors cost. */
@NullMarked
package dev.gatehouse.bench.guard;

import org.jspecify.annotations.NullMarked;
