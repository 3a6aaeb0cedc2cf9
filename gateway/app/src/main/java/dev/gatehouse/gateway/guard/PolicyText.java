package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy as it is stored: by kind {@code {"in":"observe|mask|block","out":"observe|mask|block"}}; what is missing is as in the default.
 */
final class PolicyText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int VERSION_DIGITS = 16;

    private static final Set<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Remedy> WORDS = words();

    /** Words of earlier policies, which knew payment cards only. */
    private static final Map<String, Map<String, Remedy>> EARLIER_WORDS = Map.of(
            "paymentCards.in", Map.of("refuse", Remedy.BLOCK, "allow", Remedy.OBSERVE),
            "paymentCards.out", Map.of("cut", Remedy.BLOCK, "allow", Remedy.OBSERVE));

    private PolicyText() {}

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException when it says anything that is not known here; the message names it
     */
    static Policy parse(String text) {
        JsonNode policy = object("", tree(text), KINDS);
        for (String kind : policy.propertyNames()) {
            object(kind, policy.path(kind), Set.of("in", "out"));
        }
        return Policy.of(remedies(policy, "in", Policy.DEFAULT.in()), remedies(policy, "out", Policy.DEFAULT.out()));
    }

    /** Which policy this is: the beginning of the SHA-256 of its text with nothing missing. */
    static PolicyVersion version(Remedies in, Remedies out) {
        String canonical = Arrays.stream(Kind.values())
                .map(kind -> "\"%s\":{\"in\":\"%s\",\"out\":\"%s\"}"
                        .formatted(kind.word(), word(in.of(kind)), word(out.of(kind))))
                .collect(Collectors.joining(",", "{", "}"));
        String hash = Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8));
        return new PolicyVersion(hash.substring(0, VERSION_DIGITS));
    }

    /** The word for a remedy in a policy. */
    static String word(Remedy remedy) {
        return remedy.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Remedy> words() {
        Map<String, Remedy> words = new LinkedHashMap<>();
        Arrays.stream(Remedy.values()).forEach(remedy -> words.put(word(remedy), remedy));
        return words;
    }

    private static Remedies remedies(JsonNode policy, String direction, Remedies otherwise) {
        return Remedies.of(kind -> {
            JsonNode word = policy.path(kind.word()).path(direction);
            return word.isMissingNode() ? otherwise.of(kind) : remedy(kind.word() + "." + direction, word);
        });
    }

    private static Remedy remedy(String name, JsonNode value) {
        String word = value.isString() ? value.stringValue() : "";
        Remedy remedy = WORDS.get(word);
        if (remedy == null) {
            remedy = EARLIER_WORDS.getOrDefault(name, Map.of()).get(word);
        }
        if (remedy == null) {
            throw new IllegalArgumentException(name + " must be one of " + List.copyOf(WORDS.keySet()));
        }
        return remedy;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
    }

    private static JsonNode object(String name, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("must be an object" + (name.isEmpty() ? "" : ": " + name));
        }
        for (String member : node.propertyNames()) {
            if (!known.contains(member)) {
                throw new IllegalArgumentException("unknown member " + (name.isEmpty() ? "" : name + ".") + member);
            }
        }
        return node;
    }
}
