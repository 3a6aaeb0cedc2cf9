package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.OptionalInt;

/** How much text models take. */
public interface Contexts {

    /** The tokens of prompt and answer that every node that serves the model can hold; empty while none does. */
    OptionalInt of(ModelName model);
}
