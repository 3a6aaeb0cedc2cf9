package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.Notices;
import dev.gatehouse.gateway.vocabulary.KeyId;
import java.util.UUID;

/** Forgets keys when PostgreSQL says that they were changed; triggers say it of every change. */
final class KeyNotices {

    private static final String CHANNEL = "keys";

    private KeyNotices() {}

    static void hear(Notices notices, KeyMemory memory) {
        notices.subscribe(CHANNEL, payload -> {
            if (payload.equals(Notices.EVERYTHING)) {
                memory.forgetAll();
            } else {
                memory.forget(new KeyId(UUID.fromString(payload)));
            }
        });
    }
}
