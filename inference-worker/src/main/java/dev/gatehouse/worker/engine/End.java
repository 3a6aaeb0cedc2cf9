package dev.gatehouse.worker.engine;

/** How a generation ended, and what it took. */
public record End(FinishReason reason, Usage usage, Meters meters) {}
