/**
 * OpenAI's shape of a chat: reads and checks requests, writes chunks, completions and errors, and serves
 * {@code /v1/**} for direct use without a gateway.
 */
@NullMarked
package dev.gatehouse.worker.openai;

import org.jspecify.annotations.NullMarked;
