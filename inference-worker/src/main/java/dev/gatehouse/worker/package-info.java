/** The inference worker as an application: its settings and how its rooms are put together. */
@NullMarked
package dev.gatehouse.worker;

import org.jspecify.annotations.NullMarked;
