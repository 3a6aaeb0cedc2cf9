package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}, in the dialect of who asks. */
@Component
final class Models implements EdgeService {

    private final Reception reception;
    private final Catalog catalog;
    private final List<ModelList> lists;
    private final DialectProperties properties;

    Models(Reception reception, Catalog catalog, List<ModelList> lists, DialectProperties properties) {
        this.reception = reception;
        this.catalog = catalog;
        this.lists = lists;
        this.properties = properties;
    }

    @Override
    public void register(ServerBuilder server) {
        long limit = properties.otherBody().toBytes();
        server.route().get("/v1/models").maxRequestLength(limit).build(this::all);
        server.route()
                .get("regex:^/v1/models/(?<id>.+)$")
                .maxRequestLength(limit)
                .build(this::one);
    }

    private HttpResponse all(ServiceRequestContext context, HttpRequest request) {
        ModelList list = list(request);
        return serve(context, request, list, caller -> list.all(catalog.visible(caller), context.queryParams()));
    }

    private HttpResponse one(ServiceRequestContext context, HttpRequest request) {
        ModelList list = list(request);
        return serve(context, request, list, caller -> list.one(find(caller, context.pathParam("id"))));
    }

    private interface Answer {
        byte[] to(Caller caller);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request, ModelList list, Answer answer) {
        return reception.receive(context, request, Endpoint.MODELS, list.errors(), visitor -> {
            byte[] body = answer.to(visitor.caller());
            visitor.connection()
                    .loop()
                    .execute(() -> WholeAnswer.send(visitor, list.errors(), Standing.UNLIMITED, body));
        });
    }

    private ModelList list(HttpRequest request) {
        return lists.stream()
                .filter(list -> list.speaks(request.headers()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("one dialect speaks to everybody"));
    }

    private Model find(Caller caller, @Nullable String id) {
        return catalog.find(caller, name(id)).orElseThrow(() -> new Fault(unknown()));
    }

    private static ModelName name(@Nullable String id) {
        if (id == null || id.isBlank() || id.length() > ModelName.MAX_LENGTH) {
            throw new Fault(unknown());
        }
        return new ModelName(id);
    }

    private static Problem unknown() {
        return Problem.at(
                Code.MODEL_NOT_FOUND,
                "model",
                "There is no such model for this key. GET /v1/models lists those there are.");
    }
}
