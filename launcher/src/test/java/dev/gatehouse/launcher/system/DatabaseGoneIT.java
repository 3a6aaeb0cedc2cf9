package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EchoStacks.class)
class DatabaseGoneIT {

    private static final String POSTGRES = "postgres";

    @Test
    void nothingIsDispatchedWithoutADatabaseAndItRecoversByItself(Stack stack) {
        long pid = stack.pid(POSTGRES);
        stack.suspend(POSTGRES);
        HttpResponse<String> refused;
        try {
            refused = stack.client().post(Script.says("hello").whole());
        } finally {
            stack.resume(POSTGRES);
        }
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).containsAnyOf("audit_unavailable", "database_unavailable");
        assertThat(stack.pid(POSTGRES)).isEqualTo(pid);
        awaitWorking(stack);
        String id = refused.headers().firstValue("x-request-id").orElseThrow();
        assertThat(new NodeRecords(stack, "worker-1").of(id)).isEmpty();
    }

    @Test
    void anAnswerWhoseRecordCanNotBeWrittenEndsWithAnErrorAndIsRecordedLater(Stack stack) {
        HttpResponse<Stream<String>> stream =
                stack.client().open(Script.words(10).pacedMs(30).streamed());
        assertThat(stream.statusCode()).isEqualTo(200);
        List<String> events = new ArrayList<>();
        try (Stream<String> lines = stream.body()) {
            Iterator<String> data =
                    lines.filter(line -> line.startsWith("data: ")).iterator();
            while (data.hasNext()) {
                events.add(data.next());
                if (events.size() == 3) {
                    stack.suspend(POSTGRES);
                }
            }
        } finally {
            stack.resume(POSTGRES);
        }
        assertThat(events.getLast()).contains("\"error\"", "audit_unavailable");
        assertThat(events).noneMatch(event -> event.contains("DONE"));
        awaitWorking(stack);
        String intent = stream.headers().firstValue("x-request-id").orElseThrow();
        assertThat(new Outcomes(stack).of(intent).get("completion_tokens")).isEqualTo("10");
        new Outcomes(stack).awaitNoneOpen();
    }

    private static void awaitWorking(Stack stack) {
        Eventually.holds(
                Duration.ofSeconds(60),
                () -> stack.client().post(Script.says("hello").whole()).statusCode() == 200,
                () -> stack.client().post(Script.says("hello").whole()).body());
    }
}
