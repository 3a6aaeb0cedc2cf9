/** How long the lists of the console take over a month of a million requests. */
@NullMarked
package dev.gatehouse.bench.console;

import org.jspecify.annotations.NullMarked;
