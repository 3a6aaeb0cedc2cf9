/** The gateway's benchmark: what it costs and adds beside nginx and beside no proxy at all. */
@NullMarked
package dev.gatehouse.bench.gateway;

import org.jspecify.annotations.NullMarked;
