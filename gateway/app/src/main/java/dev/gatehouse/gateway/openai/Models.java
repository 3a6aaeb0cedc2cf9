package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Access;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.Identity;
import dev.gatehouse.gateway.access.Visit;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.edge.Stories;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
@Component
final class Models implements EdgeService {

    private final Access access;
    private final Catalog catalog;
    private final Stories stories;
    private final OpenAiProperties properties;
    private final Clock clock;

    Models(Access access, Catalog catalog, Stories stories, OpenAiProperties properties, Clock clock) {
        this.access = access;
        this.catalog = catalog;
        this.stories = stories;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void register(ServerBuilder server) {
        long limit = properties.otherBody().toBytes();
        server.route()
                .get("/v1/models")
                .maxRequestLength(limit)
                .build((context, request) -> serve(context, request, this::all));
        server.route()
                .get("regex:^/v1/models/(?<id>.+)$")
                .maxRequestLength(limit)
                .build((context, request) -> serve(context, request, caller -> one(caller, context.pathParam("id"))));
    }

    private interface Answer {
        byte[] to(Caller caller);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request, Answer answer) {
        IntentId id = IntentId.next(clock);
        Optional<String> authorization = Authorization.of(request.headers());
        CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
        Optional<Problem> wrong = access.precheck(authorization);
        if (wrong.isPresent()) {
            return Errors.answer(id, wrong.get()).toHttpResponse();
        }
        Visit visit = new Visit(Endpoint.MODELS, context.clientAddress());
        Runnable story = () -> answered.completeAsync(() -> answered(id, authorization, visit, answer), Runnable::run);
        return stories.start(story)
                ? HttpResponse.of(answered)
                : Errors.answer(id, ChatCompletions.OVERLOADED).toHttpResponse();
    }

    private HttpResponse answered(IntentId id, Optional<String> authorization, Visit visit, Answer answer) {
        try {
            return switch (access.identify(authorization, visit)) {
                case Identity.Unknown(Problem why) -> Errors.answer(id, why).toHttpResponse();
                case Identity.Known(Caller caller) -> ok(id, answer.to(caller));
            };
        } catch (Fault fault) {
            return Errors.answer(id, fault.problem()).toHttpResponse();
        }
    }

    private static HttpResponse ok(IntentId id, byte[] body) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON)
                .add(Headers.REQUEST_ID, id.toString())
                .build();
        return HttpResponse.of(headers, HttpData.wrap(body));
    }

    private byte[] all(Caller caller) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            catalog.visible(caller).forEach(model -> write(json, model));
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private byte[] one(Caller caller, @Nullable String id) {
        Model model = catalog.find(caller, name(id)).orElseThrow(() -> new Fault(unknown()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            write(json, model);
        }
        return out.toByteArray();
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

    private static void write(JsonGenerator json, Model model) {
        json.writeStartObject();
        json.writeStringProperty("id", model.name().value());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", model.created().getEpochSecond());
        json.writeStringProperty("owned_by", model.ownedBy());
        json.writeEndObject();
    }
}
