package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SignInLimitTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();
    private final SignInLimit limit = new SignInLimit(now::get);

    @Test
    void stopsAnAddressAfterItsFailuresWhateverTheNamesAre() {
        for (int i = 0; i < SignInLimit.OF_ADDRESS; i++) {
            assertThat(fail("192.0.2.1", "name " + i)).isEqualTo(SignInLimit.Attempt.BAD);
        }
        assertThat(succeed("192.0.2.1", "admin")).isEqualTo(SignInLimit.Attempt.TOO_MANY);
        assertThat(tries).hasValue(SignInLimit.OF_ADDRESS);
        assertThat(succeed("192.0.2.2", "admin")).isEqualTo(SignInLimit.Attempt.GOOD);
    }

    @Test
    void stopsManyAddressesThatTryOneName() {
        for (int i = 0; i < SignInLimit.OF_NAME; i++) {
            assertThat(fail("192.0.2." + i, "admin")).isEqualTo(SignInLimit.Attempt.BAD);
        }
        assertThat(succeed("198.51.100.1", "admin")).isEqualTo(SignInLimit.Attempt.TOO_MANY);
        assertThat(succeed("198.51.100.1", "ann")).isEqualTo(SignInLimit.Attempt.GOOD);
    }

    @Test
    void countsNoSuccess() {
        for (int i = 0; i < 10 * SignInLimit.OF_ADDRESS; i++) {
            assertThat(succeed("192.0.2.1", "admin")).isEqualTo(SignInLimit.Attempt.GOOD);
        }
    }

    @Test
    void forgetsAfterAMinute() {
        for (int i = 0; i <= SignInLimit.OF_ADDRESS; i++) {
            fail("192.0.2.1", "admin");
        }
        now.addAndGet(SignInLimit.WINDOW.toNanos());
        assertThat(succeed("192.0.2.1", "admin")).isEqualTo(SignInLimit.Attempt.GOOD);
    }

    @Test
    void countsAttemptsThatAreUnderWay() {
        AtomicInteger nested = new AtomicInteger();
        assertThat(nest(nested)).isEqualTo(SignInLimit.Attempt.BAD);
        assertThat(nested).hasValue(SignInLimit.OF_ADDRESS);
    }

    private SignInLimit.Attempt nest(AtomicInteger depth) {
        return limit.attempt("192.0.2.1", "admin", () -> {
            depth.incrementAndGet();
            return nest(depth) == SignInLimit.Attempt.GOOD;
        });
    }

    private SignInLimit.Attempt fail(String address, String name) {
        return limit.attempt(address, name, () -> tries.incrementAndGet() < 0);
    }

    private SignInLimit.Attempt succeed(String address, String name) {
        return limit.attempt(address, name, () -> true);
    }
}
