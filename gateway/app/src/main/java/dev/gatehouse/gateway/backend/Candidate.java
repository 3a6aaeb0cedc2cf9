package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Price;

/** Where a piece of work could go: a node of a backend, the model's name there, and what it costs. */
public record Candidate(Backend backend, NodeName node, ModelName model, Price price) {}
