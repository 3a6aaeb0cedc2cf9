/** What the measurements of an installation have in common as commands: options, a scratch folder, and how they end. */
@NullMarked
package dev.gatehouse.bench.command;

import org.jspecify.annotations.NullMarked;
