package dev.gatehouse.gateway.vocabulary;

/**
 * A JSON string of a request.
 *
 * @param pointer where it is, as a JSON Pointer (RFC 6901); of the member for a member's name
 * @param from first byte of the string's raw (still escaped) characters in the body, after the quotation mark
 * @param to one past the last raw byte, at the closing quotation mark
 */
public record TextField(String pointer, TextKind kind, int from, int to) {}
