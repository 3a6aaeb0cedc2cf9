package dev.gatehouse.worker.engine;

/**
 * How a generation ended, and what it took.
 *
 * @param reason of its first choice
 */
public record End(FinishReason reason, Usage usage, Meters meters) {}
