package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;

/**
 * Someone is about to ask a model something.
 *
 * @param address the client's network address
 * @param bodySha256 lower-case hex digest of the request's body as it came
 */
public record Intent(
        IntentId id, Caller caller, Dialect dialect, ModelName model, Bound bound, String address, String bodySha256) {}
