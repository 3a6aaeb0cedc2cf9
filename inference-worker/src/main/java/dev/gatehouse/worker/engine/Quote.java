package dev.gatehouse.worker.engine;

/**
 * What a request's prompt would take if it came now.
 *
 * @param tokens of it, after the model's template; may be more than the context holds
 * @param cached those of them that would not be computed again
 * @param queueMs estimated milliseconds until its first step
 * @param prefillMs estimated milliseconds from there to its first token, with the engine to itself
 */
public record Quote(int tokens, int cached, double queueMs, double prefillMs) {}
