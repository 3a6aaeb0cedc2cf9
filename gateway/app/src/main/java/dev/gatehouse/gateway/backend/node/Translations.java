package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Translation;
import dev.gatehouse.gateway.vocabulary.Wire;
import java.util.List;
import org.springframework.stereotype.Component;

/** Requests in the one dialect that nodes speak. */
@Component
final class Translations {

    private final List<Translation> known;

    Translations(List<Translation> known) {
        this.known = known;
    }

    /** The body with its edits; untouched by translation when it is OpenAI's already. */
    byte[] toOpenAi(Wire wire) {
        return wire.dialect() == Dialect.OPENAI
                ? wire.edited()
                : from(wire.dialect()).translate(wire.edited());
    }

    private Translation from(Dialect dialect) {
        return known.stream()
                .filter(one -> one.from() == dialect && one.to() == Dialect.OPENAI)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing translates from " + dialect));
    }
}
