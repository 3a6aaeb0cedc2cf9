package dev.gatehouse.worker.llama;

/** The KV cache has no room for the rows of a step, none of which was computed. */
public final class KvCacheFullException extends Exception {}
