package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Cause;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The deadline's timer, on an event loop whose clock the test holds. */
class ConnectionTimerTests {

    private static final long NONE = -1;

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final ServiceRequestContext context = ServiceRequestContext.builder(HttpRequest.of(HttpMethod.POST, "/"))
            .eventLoop(loop.eventLoop())
            .build();
    private final Connection connection = new Connection(context, loop, Duration.ofMinutes(10), ended -> {});
    private final List<Cause> gone = new ArrayList<>();

    ConnectionTimerTests() {
        loop.freezeTime();
        connection.watch();
        connection.onGone(gone::add);
    }

    @Test
    void waitsForTheDeadlineOnly() {
        assertThat(loop.runScheduledPendingTasks()).isEqualTo(TimeUnit.MINUTES.toNanos(10));
    }

    @Test
    void nothingIsScheduledOnceTheAnswerHasLeft() {
        answer();
        context.logBuilder().endRequest();
        context.logBuilder().endResponse();
        loop.runPendingTasks();
        assertThat(loop.runScheduledPendingTasks()).isEqualTo(NONE);
    }

    @Test
    void theDeadlineOfAnAnswerThatEndedIsNotTold() {
        answer();
        pass(Duration.ofMinutes(10));
        assertThat(gone).isEmpty();
    }

    @Test
    void anAnswerThatEndsLateHasSomeSecondsToLeave() {
        pass(Duration.ofMinutes(10));
        assertThat(gone).containsExactly(Cause.DEADLINE);
        answer();
        assertThat(loop.runScheduledPendingTasks()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
        pass(Duration.ofSeconds(5));
        assertThat(connection.response().whenComplete()).isCompletedExceptionally();
    }

    private void answer() {
        connection.head(ResponseHeaders.of(HttpStatus.OK));
        connection.end(new byte[0]);
    }

    private void pass(Duration time) {
        loop.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();
        loop.runPendingTasks();
    }
}
