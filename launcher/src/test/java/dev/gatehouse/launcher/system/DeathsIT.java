package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EchoStacks.class)
class DeathsIT {

    private static final String WORKER = "worker-1";
    private static final String GATEWAY = "gateway-1";

    @Test
    void aWorkerKilledBeforeTheFirstByteIsAnErrorWithItsOwnStatus(Stack stack) throws Exception {
        long pid = stack.pid(WORKER);
        CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(() ->
                stack.client().post(Script.words(3).with("pauseBefore", "first").streamed()));
        String intent = awaitRunning(stack);
        stack.kill(WORKER);
        HttpResponse<String> answer = asked.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"upstream_lost\"");
        failedOnce(stack, intent);
        worksAgain(stack, pid);
    }

    @Test
    void aWorkerKilledInMidStreamEndsTheStreamWithAnError(Stack stack) {
        long pid = stack.pid(WORKER);
        HttpResponse<Stream<String>> stream =
                stack.client().open(Script.words(1000).pacedMs(20).streamed());
        List<String> events = readWhileKilling(stream, 5, () -> stack.kill(WORKER));
        assertThat(events.getLast()).contains("\"error\"", "upstream_lost").doesNotContain("DONE");
        failedOnce(stack, stream.headers().firstValue("x-request-id").orElseThrow());
        worksAgain(stack, pid);
    }

    @Test
    void aWorkerKilledAfterTheLastTokenButBeforeItsCountIsNoSuccess(Stack stack) {
        long pid = stack.pid(WORKER);
        HttpResponse<Stream<String>> stream = stack.client()
                .open(Script.words(5).pacedMs(20).with("pauseBefore", "usage").streamed());
        List<String> events = readWhileKilling(stream, 5, () -> stack.kill(WORKER));
        assertThat(events.getLast()).contains("\"error\"", "upstream_lost");
        assertThat(events).noneMatch(event -> event.contains("\"finish_reason\":\"stop\"") || event.contains("DONE"));
        failedOnce(stack, stream.headers().firstValue("x-request-id").orElseThrow());
        worksAgain(stack, pid);
    }

    @Test
    void aGatewayKilledLeavesNoIntentOpen(Stack stack) {
        long pid = stack.pid(GATEWAY);
        HttpResponse<Stream<String>> stream =
                stack.client().open(Script.words(1000).pacedMs(20).streamed());
        String intent = stream.headers().firstValue("x-request-id").orElseThrow();
        try {
            readWhileKilling(stream, 5, () -> stack.kill(GATEWAY));
        } catch (RuntimeException cut) {
            assertThat(cut).hasRootCauseInstanceOf(java.io.IOException.class);
        }
        stack.awaitRestart(GATEWAY, pid);
        Map<String, String> outcome = new Outcomes(stack).of(intent);
        assertThat(outcome.get("kind")).isEqualTo("recovered");
        assertThat(outcome.get("completion_tokens"))
                .isEqualTo(new NodeRecords(stack, WORKER)
                        .of(intent)
                        .path(0)
                        .at("/usage/completion_tokens")
                        .toString());
        new Outcomes(stack).awaitNoneOpen();
    }

    /** Waits until the worker runs the exchange of the last intent. */
    private static String awaitRunning(Stack stack) {
        NodeRecords records = new NodeRecords(stack, WORKER);
        Outcomes outcomes = new Outcomes(stack);
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> outcomes.open() == 1 && records.of(outcomes.lastIntent()).size() == 1,
                () -> "the worker has no exchange");
        return outcomes.lastIntent();
    }

    private static List<String> readWhileKilling(HttpResponse<Stream<String>> stream, int after, Runnable kill) {
        assertThat(stream.statusCode()).isEqualTo(200);
        List<String> events = new ArrayList<>();
        try (Stream<String> lines = stream.body()) {
            Iterator<String> data =
                    lines.filter(line -> line.startsWith("data: ")).iterator();
            while (data.hasNext()) {
                events.add(data.next());
                if (events.size() == after) {
                    kill.run();
                }
            }
        }
        return events;
    }

    private static void failedOnce(Stack stack, String intent) {
        Map<String, String> outcome = new Outcomes(stack).of(intent);
        assertThat(outcome.get("kind")).isEqualTo("failed");
        assertThat(outcome.get("code")).isEqualTo("upstream_lost");
    }

    private static void worksAgain(Stack stack, long oldPid) {
        stack.awaitRestart(WORKER, oldPid);
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> stack.client().post(Script.says("hello").whole()).statusCode() == 200,
                () -> stack.client().post(Script.says("hello").whole()).body());
    }
}
