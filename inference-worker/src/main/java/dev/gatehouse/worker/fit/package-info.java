/** Whether a model fits a machine, and how fast it can be there at best: from the head of its file alone. */
@NullMarked
package dev.gatehouse.worker.fit;

import org.jspecify.annotations.NullMarked;
