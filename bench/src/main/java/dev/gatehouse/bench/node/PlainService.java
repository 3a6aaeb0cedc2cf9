package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** {@code /v1/chat/completions} for nginx and for direct callers: the same answers without the node protocol. */
final class PlainService extends AbstractHttpService {

    private static final int KEPT = 100;
    private static final String COMPLETION_ID = "chatcmpl-00000000-0000-7000-8000-000000000000";

    private final Sightings sightings;
    private final Frames frames = Frames.plain();
    private final ConcurrentHashMap<ChatRequest, byte[]> wholes = new ConcurrentHashMap<>();

    PlainService(Sightings sightings) {
        this.sightings = sightings;
    }

    @Override
    protected HttpResponse doPost(ServiceRequestContext ctx, HttpRequest req) {
        return HttpResponse.of(
                req.aggregate().thenApply(whole -> answer(ctx, whole.content().array())));
    }

    private HttpResponse answer(ServiceRequestContext ctx, byte[] body) {
        try {
            ChatRequest request = ChatRequest.parse(body);
            return request.stream() ? stream(ctx, request) : whole(ctx, request);
        } catch (RuntimeException malformed) {
            return Answers.badRequest(malformed);
        }
    }

    private HttpResponse stream(ServiceRequestContext ctx, ChatRequest request) {
        HttpResponseWriter out = HttpResponse.streaming();
        byte[] head = frames.head(COMPLETION_ID, request.model());
        Playback playback = new Playback(
                ctx.eventLoop().withoutContext(), out, frames, head, request, Cap.NONE, request.usageInStream());
        sightings.follow(ctx, request.script().tag(), playback);
        playback.start();
        return out;
    }

    private HttpResponse whole(ServiceRequestContext ctx, ChatRequest request) {
        Script script = request.script();
        long delayMs = script.firstMs() + (long) script.paceMs() * (script.frames() - 1);
        sightings.started(script.tag());
        return delayMs == 0 ? completion(request) : later(ctx, request, delayMs);
    }

    private HttpResponse later(ServiceRequestContext ctx, ChatRequest request, long delayMs) {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Future<?> alarm = ctx.eventLoop()
                .withoutContext()
                .schedule(() -> answer.complete(completion(request)), delayMs, TimeUnit.MILLISECONDS);
        Runnable unlisten = Disconnect.listen(ctx, () -> {
            if (alarm.cancel(false)) {
                sightings.stopped(request.script().tag());
                answer.cancel(false);
            }
        });
        answer.whenComplete((done, fault) -> unlisten.run());
        return HttpResponse.of(answer);
    }

    private HttpResponse completion(ChatRequest request) {
        byte[] kept = wholes.get(request);
        byte[] bytes = kept != null ? kept : keep(request, Frames.completion(COMPLETION_ID, request));
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(bytes));
    }

    private byte[] keep(ChatRequest request, byte[] bytes) {
        if (wholes.size() < KEPT) {
            wholes.put(request, bytes);
        }
        return bytes;
    }
}
