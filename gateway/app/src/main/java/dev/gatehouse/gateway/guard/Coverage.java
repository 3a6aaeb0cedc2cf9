package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the guard looked at: of a refused request all up to the end of the text that refuses it.
 *
 * @param texts strings scanned
 * @param bytes their raw bytes
 * @param byKind findings, of a refused request up to the one that refuses it; kinds without any are left out
 * @param masked findings that were masked; those that overlap are one
 */
public record Coverage(int texts, long bytes, Map<Kind, Integer> byKind, int masked) {

    public Coverage {
        byKind = Map.copyOf(byKind);
    }

    /** Findings of all kinds. */
    public int findings() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The same as a JSON object, for the audit. */
    public String json() {
        String kinds = new TreeMap<>(byKind)
                .entrySet().stream()
                        .map(entry -> "\"" + entry.getKey().word() + "\":" + entry.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
        return "{\"texts\":" + texts + ",\"bytes\":" + bytes + ",\"findings\":" + findings() + ",\"byKind\":" + kinds
                + ",\"masked\":" + masked + "}";
    }
}
