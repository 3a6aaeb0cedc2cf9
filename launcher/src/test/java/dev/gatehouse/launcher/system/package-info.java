/** The whole product in real processes, as its users meet it. */
@NullMarked
package dev.gatehouse.launcher.system;

import org.jspecify.annotations.NullMarked;
