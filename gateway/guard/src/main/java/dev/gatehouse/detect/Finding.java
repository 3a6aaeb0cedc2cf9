package dev.gatehouse.detect;

/**
 * Text that must not pass.
 *
 * @param rule which rule found it, such as {@code pii.payment-card}
 * @param from position of its first character
 * @param to one past its last character
 * @param mask what to write instead: ASCII without quotation marks, backslashes and control characters, and no finding itself
 */
public record Finding(String rule, long from, long to, String mask) {}
