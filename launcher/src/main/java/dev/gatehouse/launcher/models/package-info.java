/** Model files of an installation: fetched, listed, removed. */
@NullMarked
package dev.gatehouse.launcher.models;

import org.jspecify.annotations.NullMarked;
