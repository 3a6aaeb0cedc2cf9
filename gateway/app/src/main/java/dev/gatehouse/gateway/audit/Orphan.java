package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.ModelName;

/**
 * An intent without an outcome whose gateway is dead.
 *
 * @param ticket lets the nodes be asked
 * @param start the start of the dead gateway
 */
public record Orphan(Ticket ticket, Caller caller, ModelName model, Dialect dialect, long start) {}
