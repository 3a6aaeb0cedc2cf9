package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Priority;
import dev.gatehouse.worker.engine.Quote;
import dev.gatehouse.worker.ledger.Counts;
import dev.gatehouse.worker.ledger.Ending;
import dev.gatehouse.worker.ledger.ExchangeId;
import dev.gatehouse.worker.ledger.ExchangeRecord;
import dev.gatehouse.worker.ledger.Expense;
import dev.gatehouse.worker.ledger.Reason;
import dev.gatehouse.worker.ledger.Timing;
import dev.gatehouse.worker.ledger.Totals;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the node says and reads is, byte for byte, as in the examples in {@code docs/node-protocol}. */
class ContractTest {

    private static final Path EXAMPLES = Path.of("../docs/node-protocol");
    private static final String ID = "01999999-0000-7000-8000-000000000001-1";

    @Test
    void readsTheClaimsOfARun() throws IOException {
        Claims claims = Claims.parse(Files.readAllBytes(EXAMPLES.resolve("run-claims.json")))
                .orElseThrow();

        assertThat(claims.verb()).isEqualTo("run");
        assertThat(claims.intent() + "-" + claims.attempt()).isEqualTo(ID);
        assertThat(claims.node()).isEqualTo("worker-1");
        assertThat(claims.cap()).isEqualTo(256);
        assertThat(claims.sha256()).isEqualTo(Tickets.sha256(new byte[0]));
        assertThat(claims.exp()).isEqualTo(1795500060);
        assertThat(claims.tenant()).isPresent();
        assertThat(claims.caller().priority()).isEqualTo(Priority.INTERACTIVE);
    }

    @Test
    void theSecretsOfATenantAreNotPrinted() throws IOException {
        String example = example("run-claims");
        Claims claims = Claims.parse(example.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        JsonNode tenant = TestGateway.JSON.readTree(example).path("tenant");

        assertThat(claims.toString())
                .contains("worker-1")
                .doesNotContain(tenant.path("salt").stringValue())
                .doesNotContain(tenant.path("kvKey").stringValue());
    }

    @Test
    void writesARecord() throws IOException {
        ExchangeRecord record = new ExchangeRecord(
                ExchangeId.parse(ID).orElseThrow(),
                "tiny-moe",
                1795500000000L,
                256,
                0,
                new Counts(14, 0, 22, 16),
                Optional.of(new Ending(
                        Reason.STOP,
                        1795500000019L,
                        new Timing(
                                0.4,
                                5.1,
                                13,
                                1.2,
                                new Expense(15.2, 1064.5, 0, OptionalDouble.empty(), OptionalDouble.empty())))));

        assertThat(new String(RecordJson.one(record), StandardCharsets.UTF_8)).isEqualTo(example("record"));
    }

    @Test
    void readsTheClaimsOfAQuoteAndWritesIt() throws IOException {
        Claims claims = Claims.parse(Files.readAllBytes(EXAMPLES.resolve("quote-claims.json")))
                .orElseThrow();

        assertThat(claims.verb()).isEqualTo(Verb.QUOTE.text());
        assertThat(claims.intent()).isEqualTo(ID.substring(0, ID.length() - 2));
        assertThat(claims.attempt()).isZero();
        assertThat(claims.cap()).isZero();
        assertThat(claims.tenant()).isPresent();
        assertThat(new String(QuoteJson.of(new Quote(14, 6, 0, 5.12)), StandardCharsets.UTF_8))
                .isEqualTo(example("quote"));
    }

    @Test
    void readsTheClaimsOfTotalsAndWritesThem() throws IOException {
        Claims claims = Claims.parse(Files.readAllBytes(EXAMPLES.resolve("totals-claims.json")))
                .orElseThrow();

        assertThat(claims.verb()).isEqualTo(Verb.TOTALS.text());
        assertThat(claims.intent()).isEmpty();
        assertThat(new String(TotalsJson.of(new Totals(2, 28, 4, 44, 32)), StandardCharsets.UTF_8))
                .isEqualTo(example("totals"));
    }

    @Test
    void writesARegistration() throws IOException {
        Identity self =
                new Identity("worker-1", URI.create("http://127.0.0.1:41001"), UUID.randomUUID(), "0.1.0", "dev");
        Model model = new Model(
                "tiny-moe",
                "llama",
                "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                256,
                512,
                16,
                4096);

        byte[] body = Registration.body(self, Readiness.State.READY, Optional.of(model), new Load(1, 0, 120, 812.5));

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(example("registration"));
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name + ".json")).strip();
    }
}
