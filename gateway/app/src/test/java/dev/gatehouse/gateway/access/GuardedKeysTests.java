package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.detect.StreamFilter;
import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;

/** That the guard and this room mean the same by a key. */
class GuardedKeysTests {

    private static final Remedies KEYS = Remedies.all(Remedy.OBSERVE).with(Kind.GATEWAY_KEYS, Remedy.MASK);

    @RepeatedTest(200)
    void noKeyThatIsValidHerePassesTheGuard() {
        String key = ApiKey.random(new SecureRandom()).secret();
        assertThat(ApiKey.parse(key)).isPresent();
        assertThat(masked("x" + key + "y")).isEqualTo("xgh_live_[secret]y");
        String mistyped = key.substring(0, 45) + (key.endsWith("0") ? '1' : '0');
        assertThat(ApiKey.parse(mistyped)).isEmpty();
        assertThat(masked(mistyped)).isEqualTo(mistyped);
    }

    private static String masked(String text) {
        StreamFilter filter = new StreamFilter(StreamFilter.Notation.PLAIN, KEYS, finding -> {});
        return filter.feed(text) + filter.finish();
    }
}
