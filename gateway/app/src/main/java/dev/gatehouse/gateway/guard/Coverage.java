package dev.gatehouse.gateway.guard;

/**
 * What the guard looked at.
 *
 * @param texts strings scanned
 * @param bytes their raw bytes
 * @param findings matches of any rule
 * @param masked findings that were masked
 */
public record Coverage(int texts, long bytes, int findings, int masked) {}
