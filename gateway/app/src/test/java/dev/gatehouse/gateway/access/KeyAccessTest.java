package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KeyAccessTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final FakeKeyStore store = new FakeKeyStore();
    private final Peppers peppers = TestKeys.peppers(1);
    private final KeyMemory memory = new KeyMemory(Ticker.systemTicker());
    private final KeyBatches batches = TestKeys.batches(store, memory);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Access access =
            new KeyAccess(new ApiKeyAuthenticationProvider(new KeyLookup(peppers, memory, batches), now::get), meters);

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
        Caller caller = TestKeys.caller();
        ApiKey key = stored(new KeyRecord(caller, Optional.empty(), Optional.empty()));
        assertThat(access.precheck(TestKeys.header(key))).isEmpty();
        assertThat(access.identify(TestKeys.header(key), TestKeys.VISIT)).isEqualTo(new Identity.Known(caller));
    }

    @Test
    void recallsWhomItIdentifiedAndLooksNobodyUpForThat() {
        Caller caller = TestKeys.caller();
        ApiKey key = stored(new KeyRecord(caller, Optional.empty(), Optional.empty()));
        assertThat(access.recall(TestKeys.header(key), TestKeys.VISIT)).isEmpty();
        assertThat(store.lookUps).isEmpty();
        access.identify(TestKeys.header(key), TestKeys.VISIT);
        assertThat(access.recall(TestKeys.header(key), TestKeys.VISIT)).contains(new Identity.Known(caller));
    }

    @Test
    void refusesAKeyThatItRecallsAsRevoked() {
        ApiKey key = stored(new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.of(NOON)));
        Identity refused = access.identify(TestKeys.header(key), TestKeys.VISIT);
        assertThat(access.recall(TestKeys.header(key), TestKeys.VISIT)).contains(refused);
        assertThat(count(Code.KEY_REVOKED)).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatNobodyMade() {
        ApiKey key = TestKeys.random();
        assertThat(access.precheck(TestKeys.header(key))).isEmpty();
        refused(Code.KEY_INVALID, key);
    }

    @Test
    void refusesARevokedKeyEvenBeforeItExpires() {
        refused(
                Code.KEY_REVOKED,
                stored(new KeyRecord(TestKeys.caller(), Optional.of(NOON.plusSeconds(60)), Optional.of(NOON))));
    }

    @Test
    void refusesAKeyFromTheInstantAtWhichItExpires() {
        Caller caller = TestKeys.caller();
        ApiKey key = stored(new KeyRecord(caller, Optional.of(NOON), Optional.empty()));
        now.set(NOON.minusNanos(1));
        assertThat(access.identify(TestKeys.header(key), TestKeys.VISIT)).isEqualTo(new Identity.Known(caller));
        now.set(NOON);
        refused(Code.KEY_EXPIRED, key);
    }

    @Test
    void refusesAKeyAtAnEndpointThatItsScopesLeaveOut() {
        KeyScope models = new KeyScope(Optional.empty(), Optional.of(Set.of(Endpoint.MODELS)), Optional.empty());
        refused(Code.ENDPOINT_NOT_PERMITTED, restricted(models));
        assertThat(access.identify(
                        TestKeys.header(restricted(models)),
                        new Visit(Endpoint.MODELS, InetAddress.getLoopbackAddress())))
                .isInstanceOf(Identity.Known.class);
    }

    @Test
    void refusesAKeyFromANetworkThatItsScopesLeaveOut() {
        KeyScope office =
                new KeyScope(Optional.empty(), Optional.empty(), Optional.of(List.of(Network.parse("192.0.2.0/24"))));
        refused(Code.ADDRESS_NOT_PERMITTED, restricted(office));
        assertThat(access.identify(
                        TestKeys.header(restricted(office)),
                        new Visit(Endpoint.CHAT, InetAddress.ofLiteral("192.0.2.7"))))
                .isInstanceOf(Identity.Known.class);
    }

    private ApiKey restricted(KeyScope scope) {
        return stored(new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.empty(), scope));
    }

    @Test
    void doesNotLookUpWhatCannotBeAKey() {
        Optional<String> header = Optional.of("Bearer gh_live_' OR hmac IS NOT NULL; DROP TABLE keys; --");
        Problem why = access.precheck(header).orElseThrow();
        assertThat(access.identify(header, TestKeys.VISIT)).isEqualTo(new Identity.Unknown(why));
        assertThat(why.code()).isEqualTo(Code.KEY_INVALID);
        assertThat(access.identify(Optional.empty(), TestKeys.VISIT)).isEqualTo(new Identity.Unknown(Bearer.MISSING));
        assertThat(Bearer.MISSING.code()).isEqualTo(Code.KEY_MISSING);
        assertThat(store.lookUps).isEmpty();
    }

    @Test
    void countsRefusedCallersByWhatWasWrongAndNothingElse() {
        ApiKey good = stored(new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.empty()));
        access.precheck(TestKeys.header(good));
        access.identify(TestKeys.header(good), TestKeys.VISIT);
        assertThat(meters.getMeters()).isEmpty();

        access.precheck(Optional.empty());
        access.identify(Optional.empty(), TestKeys.VISIT);
        access.precheck(Optional.of("Bearer sk-0123456789"));
        access.identify(TestKeys.header(TestKeys.random()), TestKeys.VISIT);
        access.identify(
                TestKeys.header(stored(new KeyRecord(TestKeys.caller(), Optional.of(NOON), Optional.empty()))),
                TestKeys.VISIT);
        access.identify(
                TestKeys.header(stored(new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.of(NOON)))),
                TestKeys.VISIT);
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
        assertThat(access.identify(TestKeys.header(key), TestKeys.VISIT))
                .isInstanceOfSatisfying(Identity.Unknown.class, unknown -> {
                    assertThat(unknown.why().code()).isEqualTo(code);
                    assertThat(unknown.why().message()).doesNotContain(key.prefix());
                });
    }

    private ApiKey stored(KeyRecord row) {
        ApiKey key = TestKeys.random();
        store.rows.put(peppers.signing().digest(key), row);
        return key;
    }
}
