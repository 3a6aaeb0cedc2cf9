package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.exchange.Arrival;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;

/** A request whose caller is known. */
public record Visitor(Connection connection, Arrival arrival, Caller caller) {

    public IntentId id() {
        return arrival.id();
    }
}
