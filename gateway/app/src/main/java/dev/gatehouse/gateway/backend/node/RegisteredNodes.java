package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Nodes;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;
import org.springframework.stereotype.Component;

/** The nodes of the registry as candidates. */
@Component
final class RegisteredNodes implements Nodes {

    private final NodeRegistry registry;
    private final NodeBackend backend;

    RegisteredNodes(NodeRegistry registry, NodeBackend backend) {
        this.registry = registry;
        this.backend = backend;
    }

    @Override
    public List<Candidate> serving(ModelName model, Price price) {
        return registry.serving(model).stream()
                .map(node -> new Candidate(backend, node.name(), model, price))
                .toList();
    }
}
