package dev.gatehouse.gateway.anthropic;

import com.linecorp.armeria.common.HttpHeadersBuilder;
import dev.gatehouse.gateway.vocabulary.Standing;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The {@code anthropic-ratelimit-*} headers, as Anthropic sends them: the reset is a moment of RFC 3339, rounded up to a second. */
final class RateLimits {

    private static final Names REQUESTS = Names.of("requests");
    private static final Names TOKENS = Names.of("tokens");

    private RateLimits() {}

    private record Names(AsciiString limit, AsciiString remaining, AsciiString reset) {

        static Names of(String what) {
            String prefix = "anthropic-ratelimit-" + what;
            return new Names(
                    AsciiString.cached(prefix + "-limit"),
                    AsciiString.cached(prefix + "-remaining"),
                    AsciiString.cached(prefix + "-reset"));
        }
    }

    static void add(HttpHeadersBuilder headers, Standing standing, Instant now) {
        standing.requests().ifPresent(room -> add(headers, REQUESTS, room, now));
        standing.tokens().ifPresent(room -> add(headers, TOKENS, room, now));
    }

    private static void add(HttpHeadersBuilder headers, Names names, Standing.Room room, Instant now) {
        headers.add(names.limit, Long.toString(room.limit()));
        headers.add(names.remaining, Long.toString(room.remaining()));
        headers.add(names.reset, moment(now.plus(room.reset())));
    }

    private static String moment(Instant reset) {
        return reset.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
