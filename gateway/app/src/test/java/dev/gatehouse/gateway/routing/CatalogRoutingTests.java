package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.backend.Backend;
import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Transcript;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.PriceList;
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
import dev.gatehouse.gateway.vocabulary.Tariff;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogRoutingTests {

    private static final ModelName MODEL = new ModelName("chat");
    private static final Caller CALLER =
            new Caller(new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));

    private static final Instant ARRIVED = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant BEFORE = ARRIVED.minusNanos(1);
    private static final Price PRICE = new Price(9, 8, 1);

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
        routes(route("tiny-moe"));
        Problem why = refused(work());
        assertThat(why.code()).isEqualTo(Code.NO_NODE);
        assertThat(why.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(why.message()).contains("chat");
    }

    @Test
    void saysWhichImageTheModelDoesNotTake() {
        routes(route("tiny-moe"));
        serving.put("tiny-moe", List.of("worker-1"));
        Problem why = refused(work(new Image("/messages/0/content/1"), new Image("/messages/2/content/0")));
        assertThat(why.code()).isEqualTo(Code.UNSUPPORTED);
        assertThat(why.param()).contains("/messages/0/content/1");
    }

    @Test
    void followsTheRoutesInOrderAndWithinARouteItsNodes() {
        routes(route("large"), route("small"));
        serving.put("small", List.of("worker-1", "worker-4"));
        serving.put("large", List.of("worker-3", "worker-2"));
        assertThat(candidates().inOrder())
                .extracting(candidate -> candidate.node() + " " + candidate.model())
                .containsExactly("worker-3 large", "worker-2 large", "worker-1 small", "worker-4 small");
    }

    @Test
    void passesOverARouteThatNobodyServes() {
        routes(route("large"), route("small"));
        serving.put("small", List.of("worker-1"));
        assertThat(candidates().inOrder())
                .extracting(candidate -> candidate.node().value())
                .containsExactly("worker-1");
    }

    @Test
    void everyCandidateHasThePriceOfTheMomentAtWhichTheRequestArrived() {
        routes(route("large"));
        serving.put("large", List.of("worker-1"));
        assertThat(candidates().dearest()).isEqualTo(PRICE);
        assertThat(((Plan.Candidates) plan(work(), BEFORE)).dearest()).isEqualTo(Price.FREE);
    }

    @Test
    void whatIsHeldIsEnoughForEveryCandidate() {
        serving.put(MODEL.value(), List.of("worker-1"));
        Plan.Candidates candidates = new Plan.Candidates(Stream.concat(
                        nodes(MODEL, new Price(9, 8, 1, 7, 0)).stream(), nodes(MODEL, new Price(1, 1, 10)).stream())
                .toList());
        assertThat(candidates.inOrder()).hasSize(2);
        Price held = candidates.dearest();
        Usage prompt = new Usage(1_000, 500, 1, 0, Meters.NONE, true);
        Usage answer = new Usage(1, 0, 1_000, 0, Meters.NONE, true);
        assertThat(candidates.inOrder()).allSatisfy(candidate -> {
            assertThat(held.of(prompt)).isGreaterThanOrEqualTo(candidate.price().of(prompt));
            assertThat(held.of(answer)).isGreaterThanOrEqualTo(candidate.price().of(answer));
        });
    }

    @Test
    void aCountOfTokensGoesWhereItsPromptWouldAndCostsNothing() {
        routes(route("large"));
        serving.put("large", List.of("worker-1"));
        Work count = new Count(
                MODEL, new Wire(Dialect.ANTHROPIC, new byte[0], List.of()), List.of(), List.of(), Priority.INTERACTIVE);
        assertThat(((Plan.Candidates) plan(count)).inOrder()).singleElement().satisfies(candidate -> {
            assertThat(candidate.node().value()).isEqualTo("worker-1");
            assertThat(candidate.price()).isEqualTo(Price.FREE);
        });
    }

    private void routes(Route... routes) {
        PriceList prices = new PriceList(List.of(new PriceList.Entry(PRICE, ARRIVED, Instant.MAX)));
        models = List.of(new Model(MODEL, "us", Instant.EPOCH, List.of(routes), prices));
    }

    private static Route route(String upstream) {
        return new Route(Route.Kind.NODES, new ModelName(upstream));
    }

    private Plan.Candidates candidates() {
        return (Plan.Candidates) plan(work());
    }

    private Problem refused(Work work) {
        return ((Plan.NoRoute) plan(work)).why();
    }

    private Plan plan(Work work) {
        return plan(work, ARRIVED);
    }

    private Plan plan(Work work, Instant arrived) {
        return new CatalogRouting(new Models(), this::nodes).plan(CALLER, work, arrived);
    }

    private List<Candidate> nodes(ModelName model, Price price) {
        return serving.getOrDefault(model.value(), List.of()).stream()
                .map(node -> new Candidate(UNUSED, new NodeName(node), model, price))
                .toList();
    }

    /** Routing opens nothing. */
    private static final Backend UNUSED = new Backend() {
        @Override
        public Flow open(Dispatch dispatch, Sink client) {
            throw new AssertionError("routing opens nothing");
        }

        @Override
        public boolean continues(Candidate begun, Candidate next) {
            throw new AssertionError("routing asks nothing");
        }

        @Override
        public Flow resume(Dispatch dispatch, Transcript sent, Sink client) {
            throw new AssertionError("routing resumes nothing");
        }
    };

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
        public List<Model> models() {
            return models;
        }

        @Override
        public Tariff tariff(Instant now) {
            return Tariff.NONE;
        }
    }
}
