/** Makes model files with random weights: the shape of a large model at a size that a test can load. */
@NullMarked
package dev.gatehouse.bench.model;

import org.jspecify.annotations.NullMarked;
