/** The DATA directory of one installation: its lock, its format, its secrets and its well-known files. */
@NullMarked
package dev.gatehouse.launcher.data;

import org.jspecify.annotations.NullMarked;
