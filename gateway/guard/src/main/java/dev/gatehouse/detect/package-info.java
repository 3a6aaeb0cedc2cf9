/**
 * Detectors of text that must not pass, over text that arrives in pieces: plain Java, no dependencies.
 *
 * <p>A {@link Sweep} reads characters and reports {@link Finding}s of each {@link Kind}; a {@link StreamFilter} puts masks in their place and holds
 * back only what may still become part of a finding.
 */
@NullMarked
package dev.gatehouse.detect;

import org.jspecify.annotations.NullMarked;
