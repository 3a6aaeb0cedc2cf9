package dev.gatehouse.gateway.guard;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A policy as it is stored: {@code {"paymentCards":{"in":"refuse|mask|allow","out":"mask|cut|allow"}}}; what is missing is as in the default. */
final class PolicyText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PolicyText() {}

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException when it says anything that is not known here; the message names it
     */
    static Policy parse(String text) {
        JsonNode policy = object("", tree(text), Set.of("paymentCards"));
        JsonNode cards = policy.path("paymentCards");
        if (cards.isMissingNode()) {
            return Policy.DEFAULT;
        }
        object("paymentCards", cards, Set.of("in", "out"));
        return Policy.of(
                choice("paymentCards.in", cards.get("in"), Policy.DEFAULT.in(), Policy.In.values()),
                choice("paymentCards.out", cards.get("out"), Policy.DEFAULT.out(), Policy.Out.values()));
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

    private static <E extends Enum<E>> E choice(String name, @Nullable JsonNode value, E otherwise, E[] choices) {
        if (value == null) {
            return otherwise;
        }
        return Arrays.stream(choices)
                .filter(choice -> value.isString() && Policy.word(choice).equals(value.stringValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " must be one of " + words(choices)));
    }

    private static List<String> words(Enum<?>[] choices) {
        return Arrays.stream(choices).map(Policy::word).toList();
    }
}
