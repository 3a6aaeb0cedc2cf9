/** What the person at the terminal sees: narration, exit codes, and failures that say what to do. */
@NullMarked
package dev.gatehouse.launcher.terminal;

import org.jspecify.annotations.NullMarked;
