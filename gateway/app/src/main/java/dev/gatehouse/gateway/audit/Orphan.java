package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;

/** An intent without an outcome whose gateway is dead; the ticket lets its nodes be asked. */
public record Orphan(Ticket ticket, Caller caller, ModelName model) {}
