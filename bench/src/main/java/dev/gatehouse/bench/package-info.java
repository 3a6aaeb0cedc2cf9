/** Measures Gatehouse beside its peers on one machine, in one run: the command line and the shape of a figure. */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
