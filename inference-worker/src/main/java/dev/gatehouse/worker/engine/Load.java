package dev.gatehouse.worker.engine;

/**
 * How busy an engine is.
 *
 * @param running requests with a sequence
 * @param waiting requests in the queue
 * @param kvUsed tokens in the KV cache
 * @param tokensPerSecond completion tokens over the last five seconds
 */
public record Load(int running, int waiting, int kvUsed, double tokensPerSecond) {}
