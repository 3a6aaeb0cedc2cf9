package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MonthStacks.class)
class ConsoleIT {

    @Test
    void itsPagesPassTheirBrowserTests(Stack stack) {
        Browser.specs(stack, MonthStacks.MODEL);
    }

    @Test
    void aLineOfTheLedgerChangesTheChargeThatThePageShows(Stack stack) {
        stack.client().ask(Client.chat(MonthStacks.MODEL, "hello", false));
        Map<String, String> line = stack.database()
                .rows("SELECT request FROM ledger WHERE kind = 'usage' ORDER BY request DESC LIMIT 1")
                .getFirst();
        String request = Objects.requireNonNull(line.get("request"));
        String before = Browser.script(stack, MonthStacks.MODEL, "charge.mjs", request);
        stack.database().update("""
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                SELECT request, attempt, 'correction', tenant, project, key, model, node, start_id, 7,
                       0, 0, 0, exact, true, 4321000000000, 0
                FROM ledger WHERE kind = 'usage' AND request = '%s'""".formatted(request));
        String after = Browser.script(stack, MonthStacks.MODEL, "charge.mjs", request);
        assertThat(before).doesNotContain("4,321");
        assertThat(after).contains("4,321");
    }

    @Test
    void aLinkThatIsTooOldOpensNothing(Stack stack) {
        String old = Browser.script(stack, MonthStacks.MODEL, "link.mjs");
        stack.database().update("UPDATE sign_in_links SET expires_at = now() - interval '1 second'");
        assertThat(Browser.script(stack, MonthStacks.MODEL, "door.mjs", old))
                .contains("Sign in", "That link was used already or is too old.");
    }
}
