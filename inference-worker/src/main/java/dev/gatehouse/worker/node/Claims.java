package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Caller;
import dev.gatehouse.worker.engine.Priority;
import dev.gatehouse.worker.kvstore.BlockOwner;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.Json;
import dev.gatehouse.worker.openai.JsonBytes;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a ticket says.
 *
 * @param intent empty where the call is about no exchange
 * @param attempt 0 where the call is about no single exchange
 * @param node the only node for which it is good
 * @param cap completion tokens; 0 where the call sets none
 * @param sha256 of the request body, lower-case hex
 * @param exp seconds since the epoch
 * @param priority of an exchange
 * @param tenant the secrets of whom it is for; empty where the call needs none
 */
record Claims(
        String verb,
        String intent,
        int attempt,
        String node,
        long cap,
        String sha256,
        long exp,
        Priority priority,
        Optional<BlockOwner> tenant) {

    /** Claims about no exchange of anybody's. */
    Claims(String verb, String intent, int attempt, String node, long cap, String sha256, long exp) {
        this(verb, intent, attempt, node, cap, sha256, exp, Priority.INTERACTIVE, Optional.empty());
    }

    /** For whom an exchange runs. */
    Caller caller() {
        Caller anyone = Caller.ANYONE;
        return tenant.map(owner -> new Caller(owner.name(), 1, priority, Optional.empty(), owner))
                .orElse(new Caller(anyone.tenant(), 1, priority, Optional.empty(), anyone.owner()));
    }

    /** Empty unless it is a JSON object with all claims, each of its type; priority and tenant may be missing. */
    static Optional<Claims> parse(byte[] json) {
        try {
            JsonNode claims = Json.object(json);
            return wellTyped(claims) ? Optional.of(read(claims)) : Optional.empty();
        } catch (ApiException notJson) {
            return Optional.empty();
        }
    }

    private static boolean wellTyped(JsonNode claims) {
        return claims.path("verb").isString()
                && claims.path("intent").isString()
                && claims.path("attempt").isIntegralNumber()
                && claims.path("attempt").canConvertToInt()
                && claims.path("node").isString()
                && claims.path("cap").isIntegralNumber()
                && claims.path("cap").canConvertToLong()
                && claims.path("sha256").isString()
                && claims.path("exp").isIntegralNumber()
                && claims.path("exp").canConvertToLong()
                && priority(claims).isPresent()
                && (!claims.has("tenant") || tenant(claims.path("tenant")).isPresent());
    }

    private static Optional<Priority> priority(JsonNode claims) {
        return switch (claims.path("priority").asString("interactive")) {
            case "interactive" -> Optional.of(Priority.INTERACTIVE);
            case "batch" -> Optional.of(Priority.BATCH);
            default -> Optional.empty();
        };
    }

    private static Optional<BlockOwner> tenant(JsonNode tenant) {
        return secret(tenant.path("salt"))
                .flatMap(salt -> secret(tenant.path("kvKey")).map(key -> BlockOwner.of(salt, key)));
    }

    private static Optional<byte[]> secret(JsonNode text) {
        try {
            return text.isString()
                    ? Optional.of(Base64.getUrlDecoder().decode(text.stringValue()))
                            .filter(bytes -> bytes.length == BlockOwner.SECRET_BYTES)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Claims read(JsonNode claims) {
        return new Claims(
                claims.path("verb").stringValue(),
                claims.path("intent").stringValue(),
                claims.path("attempt").intValue(),
                claims.path("node").stringValue(),
                claims.path("cap").longValue(),
                claims.path("sha256").stringValue(),
                claims.path("exp").longValue(),
                priority(claims).orElseThrow(),
                tenant(claims.path("tenant")));
    }

    byte[] json() {
        return new JsonBytes()
                .raw("{\"verb\":")
                .string(verb)
                .raw(",\"intent\":")
                .string(intent)
                .raw(",\"attempt\":")
                .number(attempt)
                .raw(",\"node\":")
                .string(node)
                .raw(",\"cap\":")
                .number(cap)
                .raw(",\"sha256\":")
                .string(sha256)
                .raw(",\"exp\":")
                .number(exp)
                .raw("}")
                .toBytes();
    }
}
