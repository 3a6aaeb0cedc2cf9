package dev.gatehouse.worker.engine;

/**
 * An engine's own failure.
 *
 * @param code stable, lower case with underscores
 */
public record Fault(String code, String message) {}
