package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an installation's audit says. */
record Outcomes(Stack stack) {

    /** Waits for the one outcome of an intent. */
    Map<String, String> of(String intent) {
        Eventually.holds(Duration.ofSeconds(60), () -> !rows(intent).isEmpty(), () -> "no outcome of " + intent);
        List<Map<String, String>> rows = rows(intent);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** The intent that arrived last. */
    String lastIntent() {
        return stack.database()
                .rows("SELECT id FROM intents ORDER BY id DESC LIMIT 1")
                .getFirst()
                .getOrDefault("id", "");
    }

    long open() {
        return Long.parseLong(stack.database()
                .rows(
                        "SELECT count(*) AS n FROM intents i WHERE NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.intent = i.id)")
                .getFirst()
                .getOrDefault("n", "-1"));
    }

    void awaitNoneOpen() {
        Eventually.holds(Duration.ofSeconds(60), () -> open() == 0, () -> open() + " intents are open");
    }

    private List<Map<String, String>> rows(String intent) {
        return stack.database().rows("SELECT * FROM outcomes WHERE intent = ?::uuid", intent);
    }
}
