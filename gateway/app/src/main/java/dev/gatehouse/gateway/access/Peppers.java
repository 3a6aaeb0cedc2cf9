package dev.gatehouse.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The peppers at hand, newest first: the newest signs, all verify. */
final class Peppers {

    private final List<Pepper> newestFirst;

    private Peppers(List<Pepper> newestFirst) {
        this.newestFirst = newestFirst;
    }

    /** Of the contents of the files {@code pepper.N}, by N. */
    static Peppers of(Map<Integer, String> contents) {
        if (contents.isEmpty()) {
            throw new IllegalStateException(
                    "no pepper: the secrets directory must hold a file pepper.1 with the base64 of 32 random bytes");
        }
        return new Peppers(new TreeMap<>(contents)
                .descendingMap().entrySet().stream()
                        .map(file -> Pepper.read(file.getKey(), file.getValue()))
                        .toList());
    }

    /** The pepper that new keys are digested under. */
    Pepper signing() {
        return newestFirst.getFirst();
    }

    List<Pepper> all() {
        return newestFirst;
    }

    /** What a key may be stored as, most likely first. */
    List<KeyDigest> digests(ApiKey key) {
        return newestFirst.stream().map(pepper -> pepper.digest(key)).toList();
    }
}
