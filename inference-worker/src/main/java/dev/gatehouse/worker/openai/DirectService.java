package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.RefusedException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/chat/completions} and {@code /v1/models}, for use without a gateway. Nothing is recorded. */
public final class DirectService {

    private static final Logger LOG = LoggerFactory.getLogger(DirectService.class);
    private static final long NO_CAP = Long.MAX_VALUE;
    private static final byte[] NOTHING = {};

    private final EngineGate gate;
    private final Bodies bodies;
    private final long started = Instant.now().getEpochSecond();

    public DirectService(EngineGate gate, Bodies bodies) {
        this.gate = gate;
        this.bodies = bodies;
    }

    /** Where chats are put. */
    public interface Chats {
        Object chat(String path, HttpService service);
    }

    /** Where other calls are put. */
    public interface Calls {
        Object route(HttpMethod method, String path, Handler.Bodiless handler);
    }

    public void mount(Chats chats, Calls calls) {
        chats.chat("/v1/chat/completions", this::complete);
        calls.route(HttpMethod.GET, "/v1/models", ctx -> models());
        calls.route(HttpMethod.GET, "/v1/models/{id}", ctx -> model(ctx.pathParam("id")));
    }

    private HttpResponse complete(ServiceRequestContext ctx, HttpRequest request) {
        EventStream stream = new EventStream(ctx);
        bodies.read(ctx, request, body -> complete(body, stream)).exceptionally(failure -> {
            stream.fail(Bodies.unreadable(ctx, failure), NOTHING);
            return stream;
        });
        return stream.response();
    }

    private EventStream complete(byte[] body, EventStream stream) {
        try {
            submit(body, stream);
        } catch (ApiException refused) {
            stream.fail(refused.error(), NOTHING);
        } catch (RuntimeException e) {
            LOG.error("A chat could not be started", e);
            stream.fail(ErrorPages.INTERNAL, NOTHING);
        }
        return stream;
    }

    private void submit(byte[] body, EventStream stream) throws ApiException {
        Engine engine = gate.enter();
        ChatRequest chat = ChatRequest.read(body, engine.model());
        String id = "chatcmpl-" + UUID.randomUUID();
        DirectAnswer answer = DirectAnswer.to(stream, chat, id, engine.model().id());
        stream.onGone(answer::readerGone);
        try {
            answer.accepted(engine.submit(chat.toGeneration(id, NO_CAP), answer));
        } catch (RefusedException refused) {
            throw new ApiException(ApiError.of(refused));
        }
    }

    private HttpResponse models() throws ApiException {
        JsonBytes json = new JsonBytes().raw("{\"object\":\"list\",\"data\":[");
        return Answers.json(200, write(json, gate.enter().model()).raw("]}").toBytes());
    }

    private HttpResponse model(@Nullable String id) throws ApiException {
        Model model = gate.enter().model();
        if (!model.id().equals(id)) {
            throw new ApiException(ApiError.caller(
                    404, "model_not_found", "model", "This node serves the model " + model.id() + " and no other."));
        }
        return Answers.json(200, write(new JsonBytes(), model).toBytes());
    }

    private JsonBytes write(JsonBytes json, Model model) {
        return json.raw("{\"id\":")
                .string(model.id())
                .raw(",\"object\":\"model\",\"created\":")
                .number(started)
                .raw(",\"owned_by\":")
                .string(model.engine())
                .raw("}");
    }
}
