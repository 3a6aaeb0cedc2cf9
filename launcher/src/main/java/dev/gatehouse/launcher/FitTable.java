package dev.gatehouse.launcher;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a worker says about a model file and a machine, for people. */
final class FitTable {
    private static final double GB = 1e9;

    private FitTable() {}

    static void print(JsonNode fit, PrintStream out) {
        line(
                out,
                "model",
                "%s, %s"
                        .formatted(
                                fit.path("file").asString(),
                                fit.path("architecture").asString()));
        line(
                out,
                "weights",
                "%s, of them experts %s (%d of %d a token)"
                        .formatted(
                                gigabytes(fit, "weightBytes"),
                                gigabytes(fit, "expertBytes"),
                                fit.path("expertsUsed").asInt(),
                                fit.path("experts").asInt()));
        line(
                out,
                "KV cache",
                "%s for %,d tokens of %,d bytes (%s)"
                        .formatted(
                                gigabytes(fit, "kvBytes"),
                                fit.path("kvTokens").asLong(),
                                fit.path("kvBytesPerToken").asLong(),
                                fit.path("kvType").asString()));
        line(out, "work space", "about " + gigabytes(fit, "workBytes"));
        line(
                out,
                "machine",
                "%s: %s for models".formatted(fit.path("machine").asString(), gigabytes(fit, "freeBytes")));
        boolean fits = fit.path("fits").asBoolean();
        line(
                out,
                "verdict",
                fits
                        ? "fits, with %s in all".formatted(gigabytes(fit, "totalBytes"))
                        : fit.path("explanation").asString());
        speeds(fit, out);
    }

    private static void speeds(JsonNode fit, PrintStream out) {
        fit.path("tokensPerSecond")
                .properties()
                .forEach(entry -> line(
                        out,
                        "at most",
                        "%,.1f tokens/s for %s sequences of %,d tokens"
                                .formatted(
                                        entry.getValue().asDouble(),
                                        entry.getKey(),
                                        fit.path("context").asInt())));
    }

    private static String gigabytes(JsonNode fit, String member) {
        return String.format(Locale.ROOT, "%,.2f GB", fit.path(member).asLong() / GB);
    }

    private static void line(PrintStream out, String what, String text) {
        out.printf(Locale.ROOT, "%-11s %s%n", what, text);
    }
}
