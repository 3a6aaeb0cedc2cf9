/**
 * A node without a model: it plays scripted answers over the node protocol to a gateway and as plain chat completions to
 * everyone else, so that both sides of a comparison see the same deltas at the same pace.
 */
@NullMarked
package dev.gatehouse.bench.node;

import org.jspecify.annotations.NullMarked;
