package dev.gatehouse.gateway.guard;

/**
 * What the guard looked at: of a refused request all up to the end of the text that refuses it.
 *
 * @param texts strings scanned
 * @param bytes their raw bytes
 * @param findings matches of any rule, of a refused request up to the one that refuses it
 * @param masked findings that were masked
 */
public record Coverage(int texts, long bytes, int findings, int masked) {}
