package dev.gatehouse.detect;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of the findings of each kind. */
public record Remedies(Map<Kind, Remedy> byKind) {

    public Remedies {
        byKind = Map.copyOf(byKind);
        if (byKind.size() != Kind.values().length) {
            throw new IllegalArgumentException("a kind without a remedy; there are only " + byKind);
        }
    }

    public static Remedies of(Function<Kind, Remedy> remedy) {
        return new Remedies(Arrays.stream(Kind.values())
                .collect(Collectors.toMap(Function.identity(), remedy, (a, _) -> a, () -> new EnumMap<>(Kind.class))));
    }

    /** The same for all kinds. */
    public static Remedies all(Remedy remedy) {
        return of(_ -> remedy);
    }

    /** The same but for one kind. */
    public Remedies with(Kind one, Remedy remedy) {
        return of(kind -> kind == one ? remedy : of(kind));
    }

    public Remedy of(Kind kind) {
        return byKind.getOrDefault(kind, Remedy.BLOCK);
    }

    /** The kinds that may not pass as they are: what may still become one of them is not settled. */
    public Set<Kind> held() {
        Set<Kind> held = EnumSet.allOf(Kind.class);
        held.removeIf(kind -> of(kind) == Remedy.OBSERVE);
        return held;
    }
}
