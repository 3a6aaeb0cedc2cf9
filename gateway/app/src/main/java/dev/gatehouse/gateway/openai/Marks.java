package dev.gatehouse.gateway.openai;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code logprobs} of chunks. */
final class Marks {

    private Marks() {}

    /** Appends the elements of a chunk's {@code content} array, with commas between them. */
    static void append(StringBuilder elements, String logprobs) {
        for (JsonNode element : JsonMapper.shared().readTree(logprobs).path("content")) {
            if (!elements.isEmpty()) {
                elements.append(',');
            }
            elements.append(element);
        }
    }
}
