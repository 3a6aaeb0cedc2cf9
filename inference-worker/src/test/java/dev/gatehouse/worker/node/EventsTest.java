package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EventsTest {

    @TempDir
    private Path directory;

    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void beginWithHowThingsAre() throws Exception {
        try (Sse events = node.gateway.events()) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.next().orElseThrow().path("state").stringValue()).isEqualTo("ready");
            assertThat(events.next().orElseThrow().at("/load/running").intValue())
                    .isZero();
        }
    }

    @Test
    void tellOfEachChangeOfStateAndOfLoad() throws Exception {
        try (Sse events = node.gateway.events();
                Sse running = node.gateway.run(
                        TestNode.newId(), 100, TestGateway.script("{'content':'a b','pauseBefore':'usage'}"))) {
            assertThat(running.next()).isPresent();
            await(events, event -> event.at("/load/running").asInt() == 1);
            node.gateway.drain(true);
            await(events, event -> event.path("state").asString("").equals("draining"));
            node.gateway.drain(false);
            await(events, event -> event.path("state").asString("").equals("ready"));
        }
    }

    @Test
    void endWithTheNode() throws Exception {
        try (Sse events = node.gateway.events()) {
            assertThat(events.next()).isPresent();
            node.stop();
            assertThat(events.all())
                    .anyMatch(event -> event.path("state").asString("").equals("draining"));
        }
    }

    @Test
    void needATicket() throws Exception {
        assertThat(node.gateway.call("GET", "/node/v1/events", "", "").code()).isEqualTo("ticket_invalid");
    }

    private static void await(Sse events, Predicate<JsonNode> wanted) throws Exception {
        JsonNode event = events.next().orElseThrow();
        while (!wanted.test(event)) {
            event = events.next().orElseThrow();
        }
    }
}
