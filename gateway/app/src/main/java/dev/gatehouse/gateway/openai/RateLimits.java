package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpHeadersBuilder;
import dev.gatehouse.gateway.vocabulary.Standing;
import io.netty.util.AsciiString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** The {@code x-ratelimit-*} headers, as OpenAI sends them. */
final class RateLimits {

    private static final Names REQUESTS = Names.of("requests");
    private static final Names TOKENS = Names.of("tokens");
    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;

    private RateLimits() {}

    private record Names(AsciiString limit, AsciiString remaining, AsciiString reset) {

        static Names of(String what) {
            return new Names(
                    AsciiString.cached("x-ratelimit-limit-" + what),
                    AsciiString.cached("x-ratelimit-remaining-" + what),
                    AsciiString.cached("x-ratelimit-reset-" + what));
        }
    }

    static void add(HttpHeadersBuilder headers, Standing standing) {
        standing.requests().ifPresent(room -> add(headers, REQUESTS, room));
        standing.tokens().ifPresent(room -> add(headers, TOKENS, room));
    }

    private static void add(HttpHeadersBuilder headers, Names names, Standing.Room room) {
        headers.add(names.limit, Long.toString(room.limit()));
        headers.add(names.remaining, Long.toString(room.remaining()));
        headers.add(names.reset, words(room.reset()));
    }

    /** A duration such as {@code 6m0s}, {@code 1.5s} or {@code 120ms}, rounded up to a millisecond. */
    static String words(Duration time) {
        Duration up = Duration.ofMillis(time.plusNanos(999_999).toMillis());
        if (up.compareTo(Duration.ofSeconds(1)) < 0) {
            return up.toMillis() + "ms";
        }
        StringBuilder words = new StringBuilder(16);
        if (up.toHours() > 0) {
            words.append(up.toHours()).append('h');
        }
        if (up.toMinutes() > 0) {
            words.append(up.toMinutesPart()).append('m');
        }
        return words.append(seconds(up)).append('s').toString();
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toSecondsPart() * 1_000_000_000L + time.toNanosPart(), NANO_DIGITS)
                .setScale(MILLI_DIGITS, RoundingMode.UNNECESSARY)
                .stripTrailingZeros()
                .toPlainString();
    }
}
