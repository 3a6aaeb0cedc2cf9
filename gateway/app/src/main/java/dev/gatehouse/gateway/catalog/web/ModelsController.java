package dev.gatehouse.gateway.catalog.web;

import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.Models;
import dev.gatehouse.gateway.catalog.Prices;
import dev.gatehouse.gateway.catalog.Route;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/models", produces = "application/json")
final class ModelsController {

    private final Models models;
    private final Prices prices;
    private final Fleet fleet;
    private final Clock clock = Clock.systemUTC();
    private final Currency currency;

    ModelsController(Models models, Prices prices, Fleet fleet, Currency currency) {
        this.models = models;
        this.prices = prices;
        this.fleet = fleet;
        this.currency = currency;
    }

    /**
     * A model that can be asked for.
     *
     * @param aliases other names by which it can be asked for
     * @param nodesReady nodes that serve it and are ready
     * @param context the most tokens of prompt and answer that such a node takes; null while none serves it
     * @param price that which is in force; null: nothing is owed
     */
    record ModelView(
            String id,
            List<String> aliases,
            int nodesReady,
            @Nullable Integer context,
            PricesController.@Nullable PriceView price) {}

    /** All of them, by name. */
    @GetMapping
    Listed<ModelView> listModels() {
        Instant now = clock.instant();
        Map<ModelName, Prices.Stored> inForce = prices.inForce(now);
        List<Fleet.Member> nodes = fleet.members();
        return new Listed<>(
                models.all().stream()
                        .sorted(Comparator.comparing(model -> model.name().value()))
                        .map(model -> view(model, nodes, Optional.ofNullable(inForce.get(model.name()))))
                        .toList(),
                null);
    }

    private ModelView view(Model model, List<Fleet.Member> nodes, Optional<Prices.Stored> price) {
        List<Fleet.Member> serving = nodes.stream()
                .filter(node -> node.state() != Fleet.State.LOST)
                .filter(node -> served(model, node).findAny().isPresent())
                .toList();
        OptionalInt context = serving.stream()
                .flatMap(node -> served(model, node))
                .mapToInt(Fleet.Served::context)
                .max();
        return new ModelView(
                model.name().value(),
                List.of(),
                (int) serving.stream()
                        .filter(node -> node.state() == Fleet.State.READY)
                        .count(),
                context.isPresent() ? context.getAsInt() : null,
                price.map(stored -> PricesController.PriceView.of(currency, stored))
                        .orElse(null));
    }

    private static Stream<Fleet.Served> served(Model model, Fleet.Member node) {
        List<ModelName> names = model.routes().stream().map(Route::upstream).toList();
        return node.models().stream().filter(served -> names.contains(served.id()));
    }
}
