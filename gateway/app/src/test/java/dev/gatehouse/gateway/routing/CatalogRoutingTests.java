package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.Route;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.Image;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Priority;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import dev.gatehouse.gateway.vocabulary.Wire;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogRoutingTests {

    private static final ModelName MODEL = new ModelName("chat");
    private static final Caller CALLER =
            new Caller(new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));

    /** Nodes by the model that they serve, least busy first. */
    private final Map<String, List<String>> serving = new HashMap<>();

    private List<Model> models = List.of();

    @Test
    void aModelThatTheCallerCanNotSeeIsNotFound() {
        Problem why = refused(work());
        assertThat(why.code()).isEqualTo(Code.MODEL_NOT_FOUND);
        assertThat(why.param()).contains("model");
        assertThat(why.message()).contains("'chat'");
    }

    @Test
    void aModelThatNoNodeServesIsWorthAnotherTry() {
        routes(route("tiny-moe", 1));
        Problem why = refused(work());
        assertThat(why.code()).isEqualTo(Code.NO_NODE);
        assertThat(why.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(why.message()).contains("chat");
    }

    @Test
    void saysWhichImageTheModelDoesNotTake() {
        routes(route("tiny-moe", 1));
        serving.put("tiny-moe", List.of("worker-1"));
        Problem why = refused(work(new Image("/messages/0/content/1"), new Image("/messages/2/content/0")));
        assertThat(why.code()).isEqualTo(Code.UNSUPPORTED);
        assertThat(why.param()).contains("/messages/0/content/1");
    }

    @Test
    void followsTheRoutesInOrderAndWithinARouteItsNodes() {
        routes(route("large", 9), route("small", 1));
        serving.put("small", List.of("worker-1", "worker-4"));
        serving.put("large", List.of("worker-3", "worker-2"));
        assertThat(candidates().inOrder())
                .extracting(candidate -> candidate.node() + " " + candidate.model() + " "
                        + candidate.price().output())
                .containsExactly("worker-3 large 9", "worker-2 large 9", "worker-1 small 1", "worker-4 small 1");
    }

    @Test
    void passesOverARouteThatNobodyServes() {
        routes(route("large", 9), route("small", 1));
        serving.put("small", List.of("worker-1"));
        assertThat(candidates().inOrder())
                .extracting(candidate -> candidate.node().value())
                .containsExactly("worker-1");
    }

    @Test
    void whatIsHeldIsEnoughForEveryCandidate() {
        routes(route("long-prompts", new Price(9, 8, 1)), route("long-answers", new Price(1, 1, 10)));
        serving.put("long-prompts", List.of("worker-1"));
        serving.put("long-answers", List.of("worker-2"));
        Price held = candidates().dearest();
        Usage prompt = new Usage(1_000, 500, 1, 0, Meters.NONE, true);
        Usage answer = new Usage(1, 0, 1_000, 0, Meters.NONE, true);
        assertThat(candidates().inOrder()).allSatisfy(candidate -> {
            assertThat(held.of(prompt)).isGreaterThanOrEqualTo(candidate.price().of(prompt));
            assertThat(held.of(answer)).isGreaterThanOrEqualTo(candidate.price().of(answer));
        });
    }

    @Test
    void aCountOfTokensGoesWhereItsPromptWouldAndCostsNothing() {
        routes(route("large", 9));
        serving.put("large", List.of("worker-1"));
        Work count = new Count(
                MODEL, new Wire(Dialect.ANTHROPIC, new byte[0], List.of()), List.of(), List.of(), Priority.INTERACTIVE);
        assertThat(((Plan.Candidates) plan(count)).inOrder()).singleElement().satisfies(candidate -> {
            assertThat(candidate.node().value()).isEqualTo("worker-1");
            assertThat(candidate.price()).isEqualTo(Price.FREE);
        });
    }

    private void routes(Route... routes) {
        models = List.of(new Model(MODEL, "us", Instant.EPOCH, List.of(routes)));
    }

    private static Route route(String upstream, long output) {
        return route(upstream, new Price(0, 0, output));
    }

    private static Route route(String upstream, Price price) {
        return new Route(Route.Kind.NODES, new ModelName(upstream), price);
    }

    private Plan.Candidates candidates() {
        return (Plan.Candidates) plan(work());
    }

    private Problem refused(Work work) {
        return ((Plan.NoRoute) plan(work)).why();
    }

    private Plan plan(Work work) {
        return new CatalogRouting(new Models(), this::nodes).plan(CALLER, work);
    }

    private List<Candidate> nodes(ModelName model, Price price) {
        return serving.getOrDefault(model.value(), List.of()).stream()
                .map(node -> new Candidate(CatalogRoutingTests::unopened, new NodeName(node), model, price))
                .toList();
    }

    private static Flow unopened(Dispatch dispatch, Sink client) {
        throw new AssertionError("routing opens nothing");
    }

    private static Work work(Image... images) {
        return new Generate(
                MODEL,
                new Wire(Dialect.OPENAI, new byte[0], List.of()),
                List.of(),
                Arrays.asList(images),
                new Bound(1, 1, 1),
                Priority.INTERACTIVE);
    }

    private final class Models implements Catalog {

        @Override
        public Optional<Model> find(Caller caller, ModelName name) {
            return models.stream().filter(model -> model.name().equals(name)).findFirst();
        }

        @Override
        public List<Model> visible(Caller caller) {
            return models;
        }
    }
}
