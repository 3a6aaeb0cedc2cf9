package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request whose body is there, on a virtual thread. */
public interface Handler {

    Logger LOG = LoggerFactory.getLogger(Handler.class);

    HttpResponse answer(ServiceRequestContext ctx, byte[] body) throws ApiException;

    /** This handler as a service of the server. */
    default HttpService service() {
        return (ctx, request) -> HttpResponse.of(whole(ctx, request));
    }

    private CompletableFuture<HttpResponse> whole(ServiceRequestContext ctx, HttpRequest request) {
        return Bodies.read(ctx, request)
                .thenApplyAsync(body -> guarded(ctx, body), Bodies.STORIES)
                .exceptionally(failure -> Answers.error(Bodies.unreadable(ctx, failure)));
    }

    private HttpResponse guarded(ServiceRequestContext ctx, byte[] body) {
        try {
            return answer(ctx, body);
        } catch (ApiException refused) {
            return Answers.error(refused.error());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            return Answers.error(ErrorPages.INTERNAL);
        }
    }
}
