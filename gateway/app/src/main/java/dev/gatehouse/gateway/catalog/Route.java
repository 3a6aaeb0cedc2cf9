package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;

/**
 * A way to a model.
 *
 * @param kind which kind of backend
 * @param upstream the model's name there
 */
public record Route(Kind kind, ModelName upstream) {

    /** Kinds of backend. */
    public enum Kind {
        /** Our own inference nodes. */
        NODES
    }
}
