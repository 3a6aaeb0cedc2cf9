/** Keeping processes running: starting, health, restart after a crash, logs, and whose a process is. */
@NullMarked
package dev.gatehouse.launcher.process;

import org.jspecify.annotations.NullMarked;
