/** Figures, and how they are printed: one JSON object a line, or a table. */
@NullMarked
package dev.gatehouse.bench.report;

import org.jspecify.annotations.NullMarked;
