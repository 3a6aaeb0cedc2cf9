/** The schema's guarantees, proved on a real PostgreSQL, and that PostgreSQL for the tests of other modules. */
@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
