/** PostgreSQL from the bundled binaries: unpacking, starting or adopting, roles, stopping. */
@NullMarked
package dev.gatehouse.launcher.postgres;

import org.jspecify.annotations.NullMarked;
