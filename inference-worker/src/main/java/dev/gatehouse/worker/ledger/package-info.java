/**
 * The node's own record of exchanges: how many tokens each one took and how it ended, in a file that survives the death
 * of the process.
 */
@NullMarked
package dev.gatehouse.worker.ledger;

import org.jspecify.annotations.NullMarked;
