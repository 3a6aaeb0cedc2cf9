package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;

/**
 * What a request may use before it is known who will answer it.
 *
 * @param dearest the highest price that it could cost
 */
public record Demand(ModelName model, Bound bound, Price dearest) {}
