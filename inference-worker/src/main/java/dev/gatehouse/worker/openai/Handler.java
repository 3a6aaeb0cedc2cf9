package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request in two steps, so that none of its body is read before the head has let it in. */
public interface Handler {

    Logger LOG = LoggerFactory.getLogger(Handler.class);

    /** On the event loop: must not block. */
    WithBody admit(ServiceRequestContext ctx) throws ApiException;

    /** Answers a request that was let in and whose body is there, on a virtual thread. */
    interface WithBody {
        HttpResponse answer(byte[] body) throws ApiException;
    }

    /** Answers a request whose body matters to no one, and is not read; on a virtual thread. */
    interface Bodiless {
        HttpResponse answer(ServiceRequestContext ctx) throws ApiException;

        /** This handler as a service of the server. */
        default HttpService service() {
            return (ctx, request) -> HttpResponse.of(
                    CompletableFuture.supplyAsync(() -> guarded(ctx, () -> answer(ctx)), Bodies.STORIES));
        }
    }

    /** This handler as a service of the server. */
    default HttpService service(Bodies bodies) {
        return (ctx, request) -> guarded(ctx, () -> HttpResponse.of(whole(ctx, request, admit(ctx), bodies)));
    }

    private static CompletableFuture<HttpResponse> whole(
            ServiceRequestContext ctx, HttpRequest request, WithBody admitted, Bodies bodies) {
        return bodies.read(ctx, request, body -> guarded(ctx, () -> admitted.answer(body)))
                .exceptionally(failure -> Answers.error(Bodies.unreadable(ctx, failure)));
    }

    /** What may be refused. */
    interface Attempt {
        HttpResponse answer() throws ApiException;
    }

    private static HttpResponse guarded(ServiceRequestContext ctx, Attempt attempt) {
        try {
            return attempt.answer();
        } catch (ApiException refused) {
            return Answers.error(refused.error());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            return Answers.error(ErrorPages.INTERNAL);
        }
    }
}
