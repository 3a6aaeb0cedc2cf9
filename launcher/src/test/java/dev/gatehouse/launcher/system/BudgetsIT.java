package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A budget's whole life, by the command line, against the real processes. */
@Timeout(180)
@ExtendWith(EchoStacks.class)
class BudgetsIT {

    private static final String HELLO = Client.chat(EchoStacks.MODEL, "Hello!", false);

    @Test
    void aBudgetIsSetSpentExplainedOverriddenAndDeleted(Stack stack) throws Exception {
        Terminal terminal = new Terminal(stack.data());
        JsonNode made = Client.JSON.readTree(
                terminal.gatehouse("keys", "create", "budgeted", "--json").output());
        String key = made.path("key").path("id").asString();
        Client client = new Client(stack.baseUrl(), made.path("secret").asString());

        JsonNode budget = Client.JSON.readTree(terminal.gatehouse("budgets", "set", "5", "--key", "budgeted", "--json")
                .output());
        String id = budget.path("id").asString();
        assertThat(terminal.gatehouse("quota", "explain", key, EchoStacks.MODEL).status())
                .isZero();
        assertThat(client.post(HELLO).statusCode()).isEqualTo(200);

        assertThat(terminal.gatehouse("budgets", "set", "6.5", "--key", key, "--soft", "80")
                        .output())
                .contains(id, "6.50 a month");
        assertThat(terminal.gatehouse("budgets", "override", id, "7", "--for", "1h")
                        .output())
                .contains("7.00 a month");
        assertThat(terminal.gatehouse("budgets", "list", "--key", key).output()).contains(id);
        assertThat(terminal.gatehouse("budgets", "delete", id).status()).isZero();
        assertThat(terminal.gatehouse("budgets", "delete", id).status()).isEqualTo(3);
        assertThat(terminal.gatehouse("budgets", "set", "much", "--key", key).status())
                .isEqualTo(2);
        assertThat(terminal.gatehouse("budgets", "set", "1").status()).isEqualTo(2);
    }

    @Test
    void aCallThatALimitWouldRefuseEndsWithTheExitCodeOfQuota(Stack stack) throws Exception {
        Terminal terminal = new Terminal(stack.data());
        String key = Keys.limited(stack, "requests", "day", 1, "gateway-1");
        Client client = new Client(stack.baseUrl(), key);
        assertThat(client.post(HELLO).statusCode()).isEqualTo(200);
        assertThat(client.post(HELLO).statusCode()).isEqualTo(429);
        String id = stack.database()
                .rows(
                        "SELECT subject FROM limits WHERE what = 'requests' AND per = 'day' ORDER BY created_at DESC LIMIT 1")
                .getFirst()
                .getOrDefault("subject", "");
        assertThat(terminal.gatehouse("quota", "explain", id, EchoStacks.MODEL).status())
                .isEqualTo(5);
        assertThat(terminal.gatehouse("quota", "explain", id, EchoStacks.MODEL, "--json")
                        .output())
                .contains("\"first\":true", "\"refuses\":true");
    }
}
