package dev.gatehouse.gateway.audit;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds in an act's state what people call its target. */
final class ActLabels {

    private ActLabels() {}

    /** @return empty text where the state has no name for it */
    static String of(Optional<String> state) {
        return state.map(JsonMapper.shared()::readTree).flatMap(ActLabels::name).orElse("");
    }

    private static Optional<String> name(JsonNode state) {
        return Stream.of("name", "model", "level", "nodeHour")
                .map(state::path)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst();
    }
}
