package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LastUsesTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final FakeKeyStore store = new FakeKeyStore();
    private final LastUses uses = new LastUses(store, () -> NOON);
    private final KeyRecord key = new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.empty());

    @Test
    void writesWhatWasNotedAndKeepsItWhileTheDatabaseIsAway() {
        uses.note(key);
        store.away = true;
        uses.write();
        assertThat(store.uses).isEmpty();
        store.away = false;
        uses.write();
        assertThat(store.uses).containsOnlyKeys(key.caller().key()).containsValue(NOON);
        store.uses.clear();
        uses.write();
        assertThat(store.uses).isEmpty();
    }

    @Test
    void notesNoUseOfARevokedKey() {
        uses.note(new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.of(NOON)));
        uses.write();
        assertThat(store.uses).isEmpty();
    }
}
