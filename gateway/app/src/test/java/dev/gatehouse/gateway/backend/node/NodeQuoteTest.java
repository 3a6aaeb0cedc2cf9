package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.gatehouse.gateway.audit.TicketFixture;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class NodeQuoteTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NodeProperties PROPERTIES =
            new NodeProperties(SECOND, SECOND.multipliedBy(15), SECOND, SECOND, SECOND.multipliedBy(10));
    private static final NodeName NODE = new NodeName("worker-1");
    private static final IntentId INTENT = IntentId.parse("01999999-0000-7000-8000-000000000001");

    /** Of the example of claims, less the time that a ticket is good for. */
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1795500060 - 30), ZoneOffset.UTC);

    private static final BlockingQueue<String> ASKED = new LinkedBlockingQueue<>();
    private static volatile HttpResponse answer = HttpResponse.of(HttpStatus.OK);
    private static Server node;

    private final NodeRegistry nodes = new NodeRegistry(new FakeNodeDirectory(), PROPERTIES, Clock.systemUTC());
    private final NodeCall call =
            new NodeCall(new NodeConnections(PROPERTIES), PROPERTIES, TenantSecretsTest.SECRETS, CLOCK);
    private final Told client = new Told();

    @BeforeAll
    static void start() {
        node = Server.builder()
                .service("/node/v1/quote", (context, request) -> {
                    String claims = Objects.requireNonNull(request.headers().get("gh-ticket"));
                    ASKED.add(context.method() + " " + context.query() + " "
                            + new String(
                                    Base64.getUrlDecoder().decode(claims.substring(0, claims.indexOf('.'))),
                                    StandardCharsets.UTF_8));
                    return answer;
                })
                .build();
        node.start().join();
    }

    @AfterAll
    static void stop() {
        node.stop().join();
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
        nodes.heard(Registrations.ready("worker-1", node.activeLocalPort()));
    }

    @Test
    void signsItsClaimsAndReadsTheQuoteAsTheProtocolHasThem() throws InterruptedException {
        says(HttpStatus.OK, new String(NodeProtocol.example("quote.json"), StandardCharsets.UTF_8));
        NodeQuote quote = quote(node.activeLocalPort());
        assertThat(quote.await()).isEqualTo(new Turn.Ended(Usage.NONE, Reason.STOP));
        quote.release();
        assertThat(client.said.poll(10, TimeUnit.SECONDS)).isEqualTo("end 14 0");
        assertThat(ASKED.poll())
                .isEqualTo("POST intent=" + INTENT + " "
                        + new String(NodeProtocol.example("quote-claims.json"), StandardCharsets.UTF_8));
    }

    @Test
    void tellsTheNodesOwnNo() {
        says(HttpStatus.BAD_REQUEST, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");
        assertThat(quote(node.activeLocalPort()).await())
                .isInstanceOfSatisfying(
                        Turn.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(Code.CONTEXT_LENGTH));
    }

    @Test
    void doesNotBelieveWhatIsNoCount() {
        for (String body : List.of("{\"tokens\":\"many\"}", "{}", "oops")) {
            says(HttpStatus.OK, body);
            assertThat(quote(node.activeLocalPort()).await())
                    .isInstanceOfSatisfying(
                            Turn.Lost.class,
                            lost -> assertThat(lost.why().code()).isEqualTo(Code.UPSTREAM_FAILED));
        }
    }

    @Test
    void aNodeThatCanNotBeReachedIsLostAndNotChosenAgainAtOnce() {
        assertThat(nodes.ready()).isEqualTo(1);
        assertThat(quote(1).await()).isInstanceOf(Turn.Lost.class);
        assertThat(nodes.ready()).isZero();
    }

    @Test
    void endsWhenItsClientLeaves() {
        answer = HttpResponse.of(new CompletableFuture<>());
        NodeQuote quote = quote(node.activeLocalPort());
        client.leave();
        assertThat(quote.await()).isEqualTo(new Turn.Left(Cause.CLIENT_GONE));
        assertThat(quote.stop(Cause.CLIENT_GONE)).isEqualTo(Usage.NONE);
        CompletableFuture.runAsync(() -> {}, client.loop()).join();
        assertThat(nodes.ready()).isEqualTo(1);
    }

    private NodeQuote quote(int port) {
        NodeCall.Target target = new NodeCall.Target(
                NODE, URI.create("http://127.0.0.1:" + port), TicketFixture.of(INTENT), 1, (EventLoop) client.loop());
        NodeQuote quote = new NodeQuote(nodes, target, client);
        CompletableFuture<WholeAnswer.Answered> asked = call.quote(target, TenantSecretsTest.TENANT, new byte[0]);
        CompletableFuture.runAsync(() -> quote.start(asked), client.loop()).join();
        return quote;
    }

    private static void says(HttpStatus status, String body) {
        answer = HttpResponse.of(status, MediaType.JSON_UTF_8, body);
    }

    /** A client on an event loop of its own. */
    private static final class Told implements Sink {

        private final EventLoop loop = CommonPools.workerGroup().next();
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private Consumer<Cause> gone = cause -> {};

        void leave() {
            loop.execute(() -> gone.accept(Cause.CLIENT_GONE));
        }

        @Override
        public Executor loop() {
            return loop;
        }

        @Override
        public void standing(Standing standing) {}

        @Override
        public void spans(List<Span> spans) {
            throw new AssertionError("a quote generates nothing");
        }

        @Override
        public boolean restart() {
            return true;
        }

        @Override
        public void end(Reason reason, Usage usage) {
            said.add("end " + usage.prompt() + " " + usage.completion());
        }

        @Override
        public void fail(Problem problem) {
            said.add("fail " + problem.code());
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable action) {
            action.run();
        }

        @Override
        public void onGone(Consumer<Cause> action) {
            gone = action;
        }
    }
}
