package dev.gatehouse.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Bounds failed sign-ins in a minute: of an address, and, higher, of a name. So one address alone cannot lock out a user, and many cannot guess
 * for long. An attempt counts from its beginning and is taken back when it succeeds: attempts at the same time cannot pass together.
 */
final class SignInLimit {

    static final int OF_ADDRESS = 10;
    static final int OF_NAME = 60;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int REMEMBERED = 10_000;

    private final Cache<String, AtomicInteger> addresses;
    private final Cache<String, AtomicInteger> names;

    SignInLimit(Ticker ticker) {
        addresses = counts(ticker);
        names = counts(ticker);
    }

    /** Tries to sign in; false without trying when there were too many failures. */
    Attempt attempt(String address, String name, BooleanSupplier signIn) {
        AtomicInteger ofAddress = addresses.get(address, any -> new AtomicInteger());
        AtomicInteger ofName = names.get(name, any -> new AtomicInteger());
        boolean room = ofAddress.incrementAndGet() <= OF_ADDRESS & ofName.incrementAndGet() <= OF_NAME;
        boolean failed = false;
        try {
            failed = room && !signIn.getAsBoolean();
        } finally {
            if (!failed) {
                ofAddress.decrementAndGet();
                ofName.decrementAndGet();
            }
        }
        return failed ? Attempt.BAD : room ? Attempt.GOOD : Attempt.TOO_MANY;
    }

    enum Attempt {
        GOOD,
        BAD,
        TOO_MANY
    }

    private static Cache<String, AtomicInteger> counts(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .ticker(ticker)
                .build();
    }
}
