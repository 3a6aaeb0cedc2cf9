package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The attempts of a request as an outcome row keeps them. Put together by hand: a generator would take a buffer of several KiB for
 * every request, as each one has a thread of its own.
 */
final class AttemptsJson {

    private static final int USUAL_LENGTH = 336;

    private AttemptsJson() {}

    static String write(List<Outcome.Attempt> attempts) {
        if (attempts.isEmpty()) {
            return "[]";
        }
        StringBuilder json = new StringBuilder(USUAL_LENGTH * attempts.size());
        char before = '[';
        for (Outcome.Attempt attempt : attempts) {
            json.append(before);
            write(json, attempt);
            before = ',';
        }
        return json.append(']').toString();
    }

    private static void write(StringBuilder json, Outcome.Attempt attempt) {
        Charge charge = attempt.charge();
        json.append("{\"node\":\"");
        JsonStringEncoder.getInstance().quoteAsString(attempt.node(), json);
        json.append("\",\"attempt\":").append(charge.attempt());
        write(json, charge.usage());
        json.append(",\"charge_nano\":").append(charge.nano());
        json.append(",\"cost_nano\":").append(charge.cost());
        json.append('}');
    }

    private static void write(StringBuilder json, Usage usage) {
        json.append(",\"prompt_tokens\":").append(usage.prompt());
        json.append(",\"cached_tokens\":").append(usage.cached());
        json.append(",\"completion_tokens\":").append(usage.completion());
        json.append(",\"reasoning_tokens\":").append(usage.reasoning());
        json.append(",\"exact\":").append(usage.exact());
        Meters meters = usage.meters();
        number(json, ",\"queue_ms\":", meters.queueMs());
        number(json, ",\"prefill_ms\":", meters.prefillMs());
        number(json, ",\"decode_ms\":", meters.decodeMs());
        number(json, ",\"step_rows\":", meters.stepRows());
        number(json, ",\"compute_ms\":", meters.computeMs());
        number(json, ",\"kv_byte_seconds\":", meters.kvByteSeconds());
        meters.joules().ifPresent(joules -> number(json, ",\"joules\":", joules));
    }

    /** JSON has no infinities. */
    private static void number(StringBuilder json, String name, double value) {
        json.append(name);
        if (Double.isFinite(value)) {
            json.append((float) value);
        } else {
            json.append("null");
        }
    }
}
