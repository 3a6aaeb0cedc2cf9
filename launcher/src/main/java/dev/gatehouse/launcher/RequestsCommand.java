package dev.gatehouse.launcher;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "requests",
        mixinStandardHelpOptions = true,
        description = "Lists requests that have ended, the latest first.",
        subcommands = RequestsCommand.Tail.class)
final class RequestsCommand implements Runnable {

    private static final int NANO_DIGITS = 9;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private RequestFilter filter = new RequestFilter();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeSpan.Converter.class,
            description = "Those that arrived no longer ago (default: 24h).")
    private TimeSpan since = new TimeSpan(Duration.ofHours(24));

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Override
    public void run() {
        try (AdminClient client = admin.client()) {
            Map<String, String> query = filter.query(client);
            query.put("from", RequestFilter.ago(since.length()));
            client.first("/requests", query, limit, request -> show(admin, request));
        }
    }

    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = "Shows requests as they end, until it is interrupted.")
    static final class Tail implements Runnable {

        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Mixin
        private RequestFilter filter = new RequestFilter();

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                new RequestTail(client, filter.query(client)).follow(request -> show(admin, request));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void show(AdminOptions admin, JsonNode request) {
        System.out.println(admin.json() ? request.toString() : line(request));
    }

    private static String line(JsonNode request) {
        return "%s  %s  %-14s %-12s %6d + %-6d tokens%s  %s"
                .formatted(
                        request.path("arrived").asString(),
                        request.path("id").asString(),
                        request.path("kind").asString(),
                        request.path("model").asString(),
                        request.path("promptTokens").asLong(),
                        request.path("completionTokens").asLong(),
                        request.path("exact").asBoolean() ? "" : " at least",
                        BigDecimal.valueOf(request.path("chargeNano").asLong(), NANO_DIGITS)
                                .stripTrailingZeros()
                                .toPlainString());
    }
}
