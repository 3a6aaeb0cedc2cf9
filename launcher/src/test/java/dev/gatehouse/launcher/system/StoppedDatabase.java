package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an installation on a foreign PostgreSQL does when that is stopped and started. */
record StoppedDatabase(Stack stack, ForeignPostgres postgres, String key, List<String> gateways) {

    private static final String HELLO = Script.says("hello").whole();
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final String WORKER = "worker-1";

    /** Refuses clearly while it is away, dispatches nothing, and serves again by itself, soon after it is back. */
    void assertRefusedMeanwhileAndServedAgain() throws IOException {
        long worker = stack.pid(WORKER);
        for (Client client : clients()) {
            assertThat(client.post(HELLO).statusCode()).isEqualTo(200);
        }
        postgres.stop();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (Client client : clients()) {
                refused.add(refused(client.post(HELLO)));
            }
        }
        postgres.startAgain();
        Eventually.holds(
                PROMISED,
                () -> clients().stream().allMatch(client -> client.post(HELLO).statusCode() == 200),
                () -> "it does not work again: "
                        + clients().stream()
                                .map(client -> client.post(HELLO).body())
                                .toList());
        assertThat(stack.pid(WORKER)).isEqualTo(worker);
        for (String request : refused) {
            assertThat(new NodeRecords(stack, WORKER).of(request)).isEmpty();
        }
        new Outcomes(stack).awaitNoneOpen();
    }

    private List<Client> clients() {
        return gateways.stream()
                .map(gateway -> new Client(stack.url(gateway) + "/v1", key))
                .toList();
    }

    /** The id of a request that was refused as it should be. */
    private static String refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).containsAnyOf("\"database_unavailable\"", "\"audit_unavailable\"");
        assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 5L);
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }
}
