package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Nodes;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.Route;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Follows a model's routes in order, and within a route prefers the least busy node. */
@Component
final class CatalogRouting implements Routing {

    /** A node that restarts is back about then. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Catalog catalog;
    private final Nodes nodes;

    CatalogRouting(Catalog catalog, Nodes nodes) {
        this.catalog = catalog;
        this.nodes = nodes;
    }

    @Override
    public Plan plan(Caller caller, Work work, Instant arrived) {
        return catalog.find(caller, work.model())
                .map(model -> along(model, work, arrived))
                .orElseGet(() -> new Plan.NoRoute(unknown(work)));
    }

    private Plan along(Model model, Work work, Instant arrived) {
        if (!work.images().isEmpty()) {
            return new Plan.NoRoute(Problem.at(
                    Code.UNSUPPORTED,
                    work.images().getFirst().pointer(),
                    "The model " + model.name() + " does not take images. Send text only."));
        }
        Price price = work.at(model.price(arrived));
        List<Candidate> candidates =
                model.routes().stream().flatMap(route -> follow(route, price)).toList();
        return candidates.isEmpty() ? new Plan.NoRoute(nobody(model)) : new Plan.Candidates(candidates);
    }

    private Stream<Candidate> follow(Route route, Price price) {
        return switch (route.kind()) {
            case NODES -> nodes.serving(route.upstream(), price).stream();
        };
    }

    private static Problem unknown(Work work) {
        return Problem.at(
                Code.MODEL_NOT_FOUND,
                "model",
                "There is no model '" + work.model() + "' for this key. GET /v1/models lists those there are.");
    }

    private static Problem nobody(Model model) {
        return Problem.later(
                Code.NO_NODE,
                RETRY,
                "No healthy node serves the model " + model.name() + " now. Try again in a few seconds.");
    }
}
