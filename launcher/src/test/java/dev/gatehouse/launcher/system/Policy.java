package dev.gatehouse.launcher.system;

import dev.gatehouse.launcher.Eventually;
import java.time.Duration;

/** Changes the guard policy of the default tenant for a while. */
final class Policy {

    private static final String CARD = "4111 1111 1111 1111";

    private Policy() {}

    /** Runs with {@code action} for payment cards in prompts, once it is in force, and puts the default back. */
    static void in(Stack stack, String action, Runnable test) {
        set(stack, "{\"paymentCards\":{\"in\":\"" + action + "\"}}");
        await(stack, 200);
        try {
            test.run();
        } finally {
            set(stack, "{}");
            await(stack, 400);
        }
    }

    private static void set(Stack stack, String policy) {
        stack.database().update("UPDATE tenants SET guard_policy = '" + policy + "' WHERE name = 'default'");
    }

    private static void await(Stack stack, int status) {
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> stack.client()
                                .post(Client.chat(EchoStacks.MODEL, CARD, false))
                                .statusCode()
                        == status,
                () -> "the policy is not in force");
    }
}
