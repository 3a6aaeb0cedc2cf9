/** Sends HTTP requests, at a fixed rate or as fast as they are answered, and checks every answer. */
@NullMarked
package dev.gatehouse.bench.load;

import org.jspecify.annotations.NullMarked;
