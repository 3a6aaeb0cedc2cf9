package dev.gatehouse.bench.node;

import java.util.concurrent.CompletableFuture;

/**
 * A watched exchange.
 *
 * @param started {@link System#nanoTime()} when the node accepted it
 * @param stopped {@link System#nanoTime()} when the node saw a {@code DELETE} or the closed socket; stays open if the
 *     exchange ends by itself
 */
public record Sighting(CompletableFuture<Long> started, CompletableFuture<Long> stopped) {}
