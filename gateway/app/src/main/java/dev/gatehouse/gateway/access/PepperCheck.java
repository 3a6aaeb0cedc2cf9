package dev.gatehouse.gateway.access;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Refuses a start without the peppers that keys were made with: every key would be unknown, and new ones would hide that. */
final class PepperCheck {

    private PepperCheck() {}

    /**
     * Compares the peppers at hand with the recorded ones and records the new ones.
     *
     * @throws IllegalStateException when one is missing or another; names its file
     */
    static void run(Peppers peppers, PepperStore store) {
        Map<Integer, Pepper> atHand =
                peppers.all().stream().collect(Collectors.toMap(Pepper::version, Function.identity()));
        compare(atHand, store.fingerprints());
        peppers.all().forEach(pepper -> store.record(pepper.version(), pepper.fingerprint()));
        compare(atHand, store.fingerprints());
    }

    private static void compare(Map<Integer, Pepper> atHand, Map<Integer, KeyDigest> recorded) {
        recorded.forEach((version, fingerprint) -> {
            Pepper pepper = atHand.get(version);
            if (pepper == null) {
                throw refused(version, "is missing");
            }
            if (!pepper.fingerprint().equals(fingerprint)) {
                throw refused(version, "holds another one");
            }
        });
    }

    private static IllegalStateException refused(int version, String what) {
        return new IllegalStateException(
                "API keys in this database were made with the pepper of the secret file pepper.%d, which %s: put the file back, or connect to the database that belongs to these secrets"
                        .formatted(version, what));
    }
}
