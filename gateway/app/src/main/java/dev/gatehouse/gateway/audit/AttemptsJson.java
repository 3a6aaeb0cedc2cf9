package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The attempts of a request as an outcome row keeps them. */
final class AttemptsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private AttemptsJson() {}

    static String write(List<Outcome.Attempt> attempts) {
        if (attempts.isEmpty()) {
            return "[]";
        }
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            attempts.forEach(attempt -> write(json, attempt));
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Outcome.Attempt attempt) {
        Charge charge = attempt.charge();
        json.writeStartObject();
        json.writeStringProperty("node", attempt.node());
        json.writeNumberProperty("attempt", charge.attempt());
        write(json, charge.usage());
        json.writeNumberProperty("charge_nano", charge.price().of(charge.usage()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Usage usage) {
        json.writeNumberProperty("prompt_tokens", usage.prompt());
        json.writeNumberProperty("cached_tokens", usage.cached());
        json.writeNumberProperty("completion_tokens", usage.completion());
        json.writeNumberProperty("reasoning_tokens", usage.reasoning());
        json.writeBooleanProperty("exact", usage.exact());
        Meters meters = usage.meters();
        json.writeNumberProperty("queue_ms", meters.queueMs());
        json.writeNumberProperty("prefill_ms", meters.prefillMs());
        json.writeNumberProperty("decode_ms", meters.decodeMs());
        json.writeNumberProperty("step_rows", meters.stepRows());
    }
}
