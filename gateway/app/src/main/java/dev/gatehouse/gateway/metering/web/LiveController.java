package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.LiveRequests;
import dev.gatehouse.gateway.metering.Request;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Requests as they end, as server-sent events. A stream ends by itself after some minutes: its reader comes again, and is let in only if it still
 * may be.
 */
@RestController
@RequestMapping(path = Rule.ROOT + "/requests/live")
final class LiveController {

    private static final Duration PING = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(LiveController.class);

    private final LiveRequests live;
    private final Filters filters;

    LiveController(LiveRequests live, Clock clock) {
        this.live = live;
        this.filters = new Filters(clock);
    }

    /**
     * Events: {@code ping} at first and every 15 seconds; {@code request} with what a list has of it; {@code dropped} with how many were lost because
     * the reader is too slow. Of the parameters the time does not matter.
     */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> watchRequests(@AuthenticationPrincipal Actor actor, RequestQuery query) {
        LiveRequests.Listening listening = live.listen(actor, filters.whose(query.whose()), Filters.marks(query));
        SseEmitter events = new SseEmitter(0L);
        Thread writer = Thread.ofVirtual().name("live-reader").unstarted(() -> write(listening, events));
        events.onCompletion(writer::interrupt);
        events.onError(_ -> writer.interrupt());
        writer.start();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("x-accel-buffering", "no")
                .body(events);
    }

    private static void write(LiveRequests.Listening listening, SseEmitter events) {
        try (listening) {
            new Writing(listening, events).untilOver();
            events.complete();
        } catch (InterruptedException | IOException | IllegalStateException gone) {
            log.debug("A reader of ended requests has left: {}", gone.toString());
            events.complete();
        }
    }

    /** One reader's stream. */
    private static final class Writing {

        private final LiveRequests.Listening listening;
        private final SseEmitter events;
        private final long begun = System.nanoTime();
        private long pinged;

        Writing(LiveRequests.Listening listening, SseEmitter events) {
            this.listening = listening;
            this.events = events;
        }

        void untilOver() throws InterruptedException, IOException {
            ping();
            while (!listening.isOver() && System.nanoTime() - begun < LONGEST.toNanos()) {
                Optional<Request> next = listening.next(LOOK);
                if (next.isPresent()) {
                    send("request", RequestView.of(next.get()));
                }
                long dropped = listening.dropped();
                if (dropped > 0) {
                    send("dropped", Map.of("count", dropped));
                }
                if (System.nanoTime() - pinged >= PING.toNanos()) {
                    ping();
                }
            }
        }

        private void ping() throws IOException {
            send("ping", Map.of());
            pinged = System.nanoTime();
        }

        private void send(String name, Object data) throws IOException {
            events.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
        }
    }
}
