package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.node.TestGateway.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteTest {

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void tellsTheTokensThatAnExchangeWouldReport() throws Exception {
        String chat = TestGateway.chat("one two three");
        Sse answer = node.gateway.run(TestNode.newId(), 10, chat);
        int prompt = answer.all().getLast().at("/usage/prompt_tokens").intValue();

        Answer quote = node.gateway.quote(TestNode.newIntent(), chat);

        assertThat(quote.status()).isEqualTo(200);
        assertThat(quote.json().path("tokens").intValue()).isEqualTo(prompt);
        assertThat(prompt).isEqualTo(3);
    }

    @Test
    void leavesNoRecord() throws Exception {
        String intent = TestNode.newIntent();

        node.gateway.quote(intent, TestGateway.chat("a"));

        assertThat(node.gateway.recover(intent).json().path("exchanges")).isEmpty();
    }

    @Test
    void takesAChatThatIsLargerThanOtherCalls() throws Exception {
        Answer quote = node.gateway.quote(TestNode.newIntent(), TestGateway.chat("word ".repeat(40_000)));

        assertThat(quote.json().path("tokens").intValue()).isEqualTo(40_000);
    }

    @Test
    void refusesAChatThatAnExchangeWouldRefuse() throws Exception {
        Answer quote = node.gateway.quote(TestNode.newIntent(), "{\"model\":\"echo\",\"messages\":[]}");

        assertThat(quote.status()).isEqualTo(400);
        assertThat(quote.json().at("/error/param").stringValue()).isEqualTo("messages");
    }

    @Test
    void wantsATicketForThisIntentAndThisBody() throws Exception {
        String intent = TestNode.newIntent();
        String chat = TestGateway.chat("a");
        String run = TestGateway.sign(TestGateway.claims("run", intent + "-1", 0, chat), TestGateway.KEY);
        String other = TestGateway.sign(
                TestGateway.claims("quote", TestNode.newIntent() + "-1", 0, chat)
                        .put("attempt", 0),
                TestGateway.KEY);
        String body = TestGateway.sign(
                TestGateway.claims("quote", intent + "-1", 0, "{}").put("attempt", 0), TestGateway.KEY);

        for (String ticket : new String[] {"", run, other, body}) {
            assertThat(node.gateway
                            .call("POST", "/node/v1/quote?intent=" + intent, ticket, chat)
                            .code())
                    .isEqualTo("ticket_invalid");
        }
    }

    @Test
    void needsAnIntent() throws Exception {
        assertThat(node.gateway.call("POST", "/node/v1/quote", "", "{}").status())
                .isEqualTo(400);
    }
}
