package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Contexts;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** The contexts that nodes report. */
@Component
final class NodeContexts implements Contexts {

    private final NodeRegistry registry;

    NodeContexts(NodeRegistry registry) {
        this.registry = registry;
    }

    @Override
    public OptionalInt of(ModelName model) {
        return registry.serving(model).stream()
                .flatMap(node -> node.models().stream())
                .filter(served -> served.id().equals(model))
                .mapToInt(Registration.Served::context)
                .min();
    }
}
