package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
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
    private final Access access = new KeyAccess(
            new ProviderManager(new ApiKeyAuthenticationProvider(new KeyLookup(peppers, memory, batches), now::get)));

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
