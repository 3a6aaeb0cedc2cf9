package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.List;

/** A model that can be asked for, and its routes in order of preference. */
public record Model(ModelName name, String ownedBy, Instant created, List<Route> routes) {}
