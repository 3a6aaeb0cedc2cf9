package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;

/** The inference nodes that have registered. */
public interface Nodes {

    /** Healthy nodes that serve a model, least busy first. */
    List<Candidate> serving(ModelName model, Price price);
}
