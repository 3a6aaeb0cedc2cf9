package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import dev.gatehouse.gateway.vocabulary.Cause;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Connections of the real server: clients that leave, that do not read, and that are too late. */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class ConnectionTests {

    private static final Talk.Gone LEFT = new Talk.Gone(Cause.CLIENT_GONE, false);
    private static final String PIECE = "a".repeat(16_384);

    @AutoClose
    private final ClientFactory clients = ClientFactory.builder().build();

    @AutoClose
    private TestEdge edge = TestEdge.patient();

    /** The server itself cancels such a request only after a second: the connection must be the first to tell. */
    @Test
    void tellsOfAClientThatLeavesBeforeTheFirstByte() throws Exception {
        RawClient client = RawClient.to(edge.url()).post("/v1/talk");
        Talk talk = edge.talk();
        client.close();
        assertThat(talk.gone()).isEqualTo(LEFT);
    }

    @Test
    void tellsOfAClientThatLeavesASilentStream() throws Exception {
        RawClient client = RawClient.to(edge.url()).post("/v1/talk");
        Talk talk = edge.talk().head().write("first");
        assertThat(client.readTo("first")).startsWith("HTTP/1.1 200");
        client.close();
        assertThat(talk.gone()).isEqualTo(LEFT);
    }

    @Test
    void tellsOfAStreamThatIsResetBeforeTheFirstByte() throws Exception {
        HttpResponse answer = http2().post("/v1/talk", "hi");
        Talk talk = edge.talk();
        answer.abort();
        assertThat(talk.gone().cause()).isEqualTo(Cause.CLIENT_GONE);
    }

    @Test
    void tellsOfAStreamThatIsResetWhileItIsSilent() throws Exception {
        HttpResponse answer = http2().post("/v1/talk", "hi");
        Talk talk = edge.talk().head().write("first");
        answer.split().headers().get(10, TimeUnit.SECONDS);
        answer.abort();
        assertThat(talk.gone().cause()).isEqualTo(Cause.CLIENT_GONE);
    }

    @Test
    void tellsOfAnHttp2ConnectionThatBreaksAndMakesNoNoise(CapturedOutput output) throws Exception {
        try (ClientFactory own = ClientFactory.builder().build()) {
            HttpResponse answer = WebClient.builder(h2c()).factory(own).build().post("/v1/talk", "hi");
            Talk talk = edge.talk();
            own.closeAsync();
            assertThat(talk.gone()).isEqualTo(LEFT);
            talk.over();
            answer.abort();
            assertThat(output).doesNotContain("A request failed");
        }
    }

    @Test
    void aResetOfOneStreamIsNoneOfAnother() throws Exception {
        WebClient client = http2();
        HttpResponse first = client.post("/v1/talk", "hi");
        Talk one = edge.talk();
        HttpResponse second = client.post("/v1/talk", "hi");
        Talk other = edge.talk();
        first.abort();
        one.gone();
        other.head().write("whole").end();
        assertThat(second.aggregate().get(10, TimeUnit.SECONDS).contentUtf8()).isEqualTo("whole");
        assertThat(other.isGone()).isFalse();
    }

    @Test
    void tellsOnlyOnceAndAlsoWhoAsksLate() throws Exception {
        RawClient client = RawClient.to(edge.url()).post("/v1/talk");
        Talk talk = edge.talk();
        client.close();
        talk.gone();
        AtomicInteger told = new AtomicInteger();
        talk.on(connection -> {
            connection.onGone(cause -> told.incrementAndGet());
            return true;
        });
        assertThat(told).hasValue(1);
        assertThat(talk.isGone()).isFalse();
    }

    @Test
    void saysNothingOfAClientThatLeavesAfterItsAnswer() throws Exception {
        RawClient client = RawClient.to(edge.url()).post("/v1/talk");
        Talk talk = edge.talk();
        talk.head().write("whole").end();
        client.readTo("whole");
        client.post("/v1/talk");
        Talk next = edge.talk();
        client.close();
        assertThat(next.gone()).isEqualTo(LEFT);
        assertThat(talk.isGone()).isFalse();
    }

    @Test
    void tellsThatTheDeadlineHasPassed() throws Exception {
        restart(TestEdge.withExchangeTimeout());
        try (RawClient client = RawClient.to(edge.url()).post("/v1/talk")) {
            Talk talk = edge.talk();
            assertThat(talk.gone().cause()).isEqualTo(Cause.DEADLINE);
            talk.head().write("too late").end();
            assertThat(client.readTo("too late")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void isNotWritableForAClientThatDoesNotReadAndWritableAgainForOneThatDoes() throws Exception {
        try (RawClient client = RawClient.slowTo(edge.url()).post("/v1/talk")) {
            Talk talk = edge.talk().head();
            int taken = fill(talk);
            CountDownLatch again = new CountDownLatch(1);
            talk.on(connection -> {
                connection.onWritable(again::countDown);
                return true;
            });
            assertThat(again.getCount()).isOne();
            client.skip((long) taken * PIECE.length());
            assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat((Boolean) talk.on(Connection::writable)).isTrue();
        }
    }

    @Test
    void buffersAFewWritesOnlyForAnHttp2ClientThatDoesNotRead() throws Exception {
        HttpResponse answer = http2().post("/v1/talk", "hi");
        assertThat(fill(edge.talk().head())).isLessThan(1_000);
        answer.abort();
    }

    /** Writes until the connection takes no more; what it took includes what the kernel holds. */
    private static int fill(Talk talk) {
        int taken = 0;
        while (taken < 10_000 && talk.on(Connection::writable)) {
            talk.write(PIECE);
            taken++;
        }
        assertThat(taken).isLessThan(10_000);
        return taken;
    }

    @Test
    void aStopLetsAnAnswerComeToItsEnd() throws Exception {
        try (RawClient client = RawClient.to(edge.url()).post("/v1/talk")) {
            Talk talk = edge.talk().head().write("first");
            Thread stop = Thread.ofVirtual().start(edge::stop);
            assertThat(edge.stopping.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stop.isAlive()).isTrue();
            talk.write("last").end();
            assertThat(client.readAll()).contains("first", "last").endsWith("0\r\n\r\n");
            stop.join();
        }
    }

    private WebClient http2() {
        return WebClient.builder(h2c()).factory(clients).build();
    }

    private String h2c() {
        return edge.url().replace("http:", "h2c:");
    }

    private void restart(TestEdge other) {
        edge.close();
        edge = other;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void cutsAnHttp1ClientThatDoesNotFetchItsAnswer(int pieces) throws Exception {
        restart(TestEdge.withExchangeTimeout());
        try (RawClient client = RawClient.slowTo(edge.url()).post("/v1/talk")) {
            Talk talk = edge.talk().head();
            unfetched(talk, pieces);
            assertThat(client.drained()).isLessThan(1_000L * PIECE.length());
        }
    }

    @Test
    void cutsAnHttp2ClientThatDoesNotFetchItsAnswer() throws Exception {
        restart(TestEdge.withExchangeTimeout());
        HttpResponse answer = http2().post("/v1/talk", "hi");
        unfetched(edge.talk().head(), 1_000);
        answer.abort();
    }

    @Test
    void cutsAClientThatDoesNotFetchAnAnswerThatEndedLate() throws Exception {
        restart(TestEdge.withExchangeTimeout());
        try (RawClient client = RawClient.slowTo(edge.url()).post("/v1/talk")) {
            Talk talk = edge.talk();
            talk.gone();
            unfetched(talk.head(), 1_000);
            assertThat(client.drained()).isLessThan(1_000L * PIECE.length());
        }
    }

    private static void unfetched(Talk talk, int pieces) throws Exception {
        String piece = PIECE.repeat(1_000 / pieces);
        for (int i = 0; i < pieces; i++) {
            talk.write(piece);
        }
        talk.end();
        talk.over();
    }
}
