package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.stereotype.Component;

/** Reads the bodies of requests, and bounds the bytes of all that are held at a time to a sixth of the heap:
 * a body is there twice while it is put together, and half of the heap is the answers'. */
@Component
public final class Bodies {

    private final AtomicLong free;

    Bodies() {
        this(Runtime.getRuntime().maxMemory() / 6);
    }

    Bodies(long most) {
        free = new AtomicLong(most);
    }

    /** A request's body; its bytes count until it is closed. */
    public final class Body implements AutoCloseable {

        private final byte[] bytes;

        private Body(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            free.addAndGet(bytes.length);
        }
    }

    /**
     * Waits for the whole body, on a thread that may wait.
     *
     * @throws Fault when it is too large, too slow, cut off, or when too much is held already
     */
    public Body read(HttpRequest request) {
        try {
            return start(request).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Fault fault ? fault : Reading.fault(failed);
        }
    }

    /** The same without waiting: the body is told on the request's event loop, and so is the {@link Fault} that it may fail with. */
    public CompletableFuture<Body> start(HttpRequest request) {
        Reader reader = new Reader();
        request.subscribe(reader);
        return reader.body;
    }

    private static Fault full() {
        return new Fault(Problem.later(
                Code.OVERLOADED,
                Duration.ofSeconds(1),
                "The gateway holds as many bytes of requests as it can. Try again."));
    }

    private final class Reader implements Subscriber<HttpObject> {

        private final CompletableFuture<Body> body = new CompletableFuture<>();
        private final List<byte[]> pieces = new ArrayList<>(2);
        private int length;
        private @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription granted) {
            subscription = granted;
            granted.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(HttpObject object) {
            if (!(object instanceof HttpData data) || body.isDone()) {
                return;
            }
            if (free.addAndGet(-data.length()) < 0) {
                free.addAndGet(data.length());
                fail(full());
            } else {
                pieces.add(data.array());
                length += data.length();
            }
        }

        @Override
        public void onError(Throwable why) {
            fail(why);
        }

        @Override
        public void onComplete() {
            if (!body.isDone()) {
                body.complete(new Body(joined()));
            }
        }

        private byte[] joined() {
            if (pieces.size() == 1) {
                return pieces.getFirst();
            }
            byte[] whole = new byte[length];
            int at = 0;
            for (byte[] piece : pieces) {
                System.arraycopy(piece, 0, whole, at, piece.length);
                at += piece.length;
            }
            return whole;
        }

        private void fail(Throwable why) {
            if (body.completeExceptionally(why instanceof Fault ? why : Reading.fault(why))) {
                free.addAndGet(length);
                if (subscription != null) {
                    subscription.cancel();
                }
            }
        }
    }
}
