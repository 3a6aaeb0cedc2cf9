package dev.gatehouse.gateway.vocabulary;

/**
 * A JSON string of a request, or a number that is screened like one.
 *
 * @param from first byte of the string's raw (still escaped) characters in the body, after the quotation mark
 * @param to one past the last raw byte, at the closing quotation mark
 */
public record TextField(TextKind kind, int from, int to) {}
