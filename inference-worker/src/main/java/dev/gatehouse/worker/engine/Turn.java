package dev.gatehouse.worker.engine;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What an engine's thread is at.
 *
 * @param began in {@link System#nanoTime}
 * @param expected how long it should take
 * @param doing in words; may be asked from any thread
 */
public record Turn(long began, Duration expected, Supplier<String> doing) {}
