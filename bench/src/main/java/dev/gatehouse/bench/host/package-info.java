/** The machine and the processes on it: CPU time, memory, nginx as peer, and the Gatehouse that is measured. */
@NullMarked
package dev.gatehouse.bench.host;

import org.jspecify.annotations.NullMarked;
