/** Whether the container files agree with each other, with the build, and with what the applications read. */
@NullMarked
package dev.gatehouse.launcher.deploy;

import org.jspecify.annotations.NullMarked;
