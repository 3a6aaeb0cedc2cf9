/** The command line: one command a verb, and the order in which {@code up} starts and stops everything. */
@NullMarked
package dev.gatehouse.launcher;

import org.jspecify.annotations.NullMarked;
