package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/** An event: a node has reported what it serves. Published at every report, so that listeners must be quick when nothing is new. */
public record ModelsServed(NodeName node, List<ModelName> models) {}
