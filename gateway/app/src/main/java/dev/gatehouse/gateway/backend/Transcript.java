package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Filters;

/**
 * What has arrived of an answer of one choice, for another upstream to go on from.
 *
 * @param ids all its tokens; not to be modified
 * @param characters UTF-16 units of its text and thinking, and of the names and arguments of its tool calls
 * @param filters those that it has gone through, which may hold some of it
 * @param firstTokenNanos {@link System#nanoTime} at which its first delta left for the client
 */
public record Transcript(int[] ids, long characters, Filters filters, long firstTokenNanos) {}
