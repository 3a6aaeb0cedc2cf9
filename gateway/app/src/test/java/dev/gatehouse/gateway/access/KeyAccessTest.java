package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.authentication.ProviderManager;

@Timeout(30)
final class KeyAccessTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final FakeKeyStore store = new FakeKeyStore();
    private final Peppers peppers = Keys.peppers(1);
    private final KeyMemory memory = new KeyMemory(Ticker.systemTicker());
    private final KeyBatches batches = Keys.batches(store, memory);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Access access = new KeyAccess(
            new ProviderManager(new ApiKeyAuthenticationProvider(new KeyLookup(peppers, memory, batches), now::get)),
            meters);

    @BeforeEach
    void start() {
        batches.start();
    }

    @AfterEach
    void stop() {
        batches.close();
    }

    @Test
    void knowsTheCallerOfAGoodKey() {
        Caller caller = Keys.caller();
        ApiKey key = stored(new KeyRecord(caller, Optional.empty(), Optional.empty()));
        assertThat(access.precheck(Keys.header(key))).isEmpty();
        assertThat(access.identify(Keys.header(key))).isEqualTo(new Identity.Known(caller));
    }

    @Test
    void refusesAKeyThatNobodyMade() {
        ApiKey key = Keys.random();
        assertThat(access.precheck(Keys.header(key))).isEmpty();
        refused(Code.KEY_INVALID, key);
    }

    @Test
    void refusesARevokedKeyEvenBeforeItExpires() {
        refused(
                Code.KEY_REVOKED,
                stored(new KeyRecord(Keys.caller(), Optional.of(NOON.plusSeconds(60)), Optional.of(NOON))));
    }

    @Test
    void refusesAKeyFromTheInstantAtWhichItExpires() {
        Caller caller = Keys.caller();
        ApiKey key = stored(new KeyRecord(caller, Optional.of(NOON), Optional.empty()));
        now.set(NOON.minusNanos(1));
        assertThat(access.identify(Keys.header(key))).isEqualTo(new Identity.Known(caller));
        now.set(NOON);
        refused(Code.KEY_EXPIRED, key);
    }

    @Test
    void doesNotLookUpWhatCannotBeAKey() {
        Optional<String> header = Optional.of("Bearer gh_live_' OR hmac IS NOT NULL; DROP TABLE keys; --");
        Problem why = access.precheck(header).orElseThrow();
        assertThat(access.identify(header)).isEqualTo(new Identity.Unknown(why));
        assertThat(why.code()).isEqualTo(Code.KEY_INVALID);
        assertThat(access.identify(Optional.empty())).isEqualTo(new Identity.Unknown(Bearer.MISSING));
        assertThat(Bearer.MISSING.code()).isEqualTo(Code.KEY_MISSING);
        assertThat(store.lookUps).isEmpty();
    }

    @Test
    void countsRefusedCallersByWhatWasWrongAndNothingElse() {
        ApiKey good = stored(new KeyRecord(Keys.caller(), Optional.empty(), Optional.empty()));
        access.precheck(Keys.header(good));
        access.identify(Keys.header(good));
        assertThat(meters.getMeters()).isEmpty();

        access.precheck(Optional.empty());
        access.identify(Optional.empty());
        access.precheck(Optional.of("Bearer sk-0123456789"));
        access.identify(Keys.header(Keys.random()));
        access.identify(Keys.header(stored(new KeyRecord(Keys.caller(), Optional.of(NOON), Optional.empty()))));
        access.identify(Keys.header(stored(new KeyRecord(Keys.caller(), Optional.empty(), Optional.of(NOON)))));
        assertThat(count(Code.KEY_MISSING)).isEqualTo(2);
        assertThat(count(Code.KEY_INVALID)).isEqualTo(2);
        assertThat(count(Code.KEY_EXPIRED)).isOne();
        assertThat(count(Code.KEY_REVOKED)).isOne();
        assertThat(meters.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getKey)
                .containsOnly("code");
    }

    private double count(Code code) {
        return meters.get("gatehouse.access.refused")
                .tag("code", code.wire())
                .counter()
                .count();
    }

    private void refused(Code code, ApiKey key) {
        assertThat(access.identify(Keys.header(key))).isInstanceOfSatisfying(Identity.Unknown.class, unknown -> {
            assertThat(unknown.why().code()).isEqualTo(code);
            assertThat(unknown.why().message()).doesNotContain(key.prefix());
        });
    }

    private ApiKey stored(KeyRecord row) {
        ApiKey key = Keys.random();
        store.rows.put(peppers.signing().digest(key), row);
        return key;
    }
}
