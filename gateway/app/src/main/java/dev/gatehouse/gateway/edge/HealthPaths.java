package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** {@code /health/live}: the process answers. {@code /health/ready}: it can serve. Neither tells more. */
@Component
final class HealthPaths implements EdgeService {

    private final HealthEndpoint health;

    HealthPaths(HealthEndpoint health) {
        this.health = health;
    }

    @Override
    public void register(ServerBuilder server) {
        server.route().get("/health/live").build((context, request) -> answer(true));
        server.route()
                .get("/health/ready")
                .build((context, request) -> HttpResponse.of(
                        CompletableFuture.supplyAsync(() -> answer(ready()), context.blockingTaskExecutor())));
    }

    private boolean ready() {
        HealthDescriptor readiness = health.health();
        return readiness.getStatus().equals(Status.UP);
    }

    private static HttpResponse answer(boolean up) {
        return up
                ? HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, "{\"status\":\"up\"}")
                : HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE, MediaType.JSON_UTF_8, "{\"status\":\"down\"}");
    }
}
