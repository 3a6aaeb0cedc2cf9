package dev.gatehouse.bench.console;

import dev.gatehouse.db.SeededMonth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is asked for one figure.
 *
 * @param paths each asked equally often
 */
record Question(String figure, List<String> paths) {

    /** Every list of the console over a month up to now, narrowed in each way that has a plan of its own. */
    static List<Question> all(Instant now) {
        String month = "from=" + now.minus(Duration.ofDays(30)) + "&until=" + now;
        String day = "from=" + now.minus(Duration.ofDays(1)) + "&until=" + now;
        String tenant = "tenant=" + SeededMonth.tenant(2);
        String project = "project=" + SeededMonth.project(1);
        String key = "key=" + SeededMonth.key(1);
        return List.of(
                question("requests", "requests?" + month, narrowed(tenant, project, key)),
                question("histogram", "requests/histogram?" + month, narrowed(tenant, project, key)),
                question("series_month", "series?" + month, List.of("", tenant, project, key, "model=small")),
                question("overview", "overview?", List.of(month, day, month + "&" + tenant)),
                question(
                        "usage",
                        "usage?" + month,
                        List.of(
                                "by=tenant",
                                "by=project",
                                "by=key",
                                "by=model",
                                "by=day",
                                "by=key&over=day",
                                "by=key&" + tenant)),
                question(
                        "acts",
                        "acts?",
                        List.of(
                                month,
                                "actor=user-3",
                                "what=key.revoke",
                                "what=limit",
                                tenant,
                                "target=" + SeededMonth.key(3))));
    }

    private static List<String> narrowed(String tenant, String project, String key) {
        return List.of(
                "",
                tenant,
                project,
                key,
                "model=small",
                "kind=failed",
                "code=upstream_lost",
                "node=seed-2",
                "dialect=anthropic",
                "minFirstTokenMs=3000",
                "minTotalMs=1000000000",
                tenant + "&minChargeNano=1000000000000");
    }

    private static Question question(String figure, String path, List<String> filters) {
        return new Question(
                "console.list_ms." + figure,
                filters.stream()
                        .map(filter -> path + (filter.isEmpty() ? "" : "&" + filter))
                        .toList());
    }
}
