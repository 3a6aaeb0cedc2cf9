package dev.gatehouse.gateway.edge;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** {@code /health/live}: the process answers. {@code /health/ready}: PostgreSQL answers and the audit is written. Neither tells more. */
@Component
final class HealthPaths implements EdgeService {

    /** Anybody may ask, so the database is asked once in this time at most. */
    private static final Duration KEPT = Duration.ofMillis(500);

    private final LoadingCache<Boolean, Boolean> ready;

    HealthPaths(HealthEndpoint health) {
        ready = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .build(any -> health.health().getStatus().equals(Status.UP));
    }

    @Override
    public void register(ServerBuilder server) {
        server.route().get("/health/live").build((context, request) -> answer(true));
        server.route()
                .get("/health/ready")
                .build((context, request) -> HttpResponse.of(
                        CompletableFuture.supplyAsync(() -> answer(ready.get(true)), context.blockingTaskExecutor())));
    }

    private static HttpResponse answer(boolean up) {
        return up
                ? HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, "{\"status\":\"up\"}")
                : HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE, MediaType.JSON_UTF_8, "{\"status\":\"down\"}");
    }
}
