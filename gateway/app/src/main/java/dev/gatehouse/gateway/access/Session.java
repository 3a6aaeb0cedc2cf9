package dev.gatehouse.gateway.access;

import java.time.Instant;

/**
 * A user that is signed in.
 *
 * @param token of its cookie
 * @param expires when it ends if it is not used any more
 * @param resets whether the user sets a password without giving the old one: there is none, or it was forgotten
 */
public record Session(Token token, Actor actor, Instant expires, boolean resets) {}
