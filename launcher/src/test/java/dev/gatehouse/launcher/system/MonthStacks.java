package dev.gatehouse.launcher.system;

import dev.gatehouse.db.SeededMonth;
import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one installation with the bundled model and a month behind it, the hours of which are summed up. */
final class MonthStacks implements ParameterResolver {

    static final String MODEL = "tiny-moe";

    private static final int REQUESTS = 4_000;
    private static final Duration SUMMING = Duration.ofMinutes(3);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(MonthStacks.class))
                .computeIfAbsent("month", key -> start(), Stack.class);
    }

    private static Stack start() {
        try {
            Stack stack = Stack.start();
            stack.database().change(superuser -> SeededMonth.fill(superuser, REQUESTS));
            Eventually.holds(SUMMING, () -> summed(stack), () -> "the hours were not summed up in " + SUMMING);
            return stack;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean summed(Stack stack) {
        return stack.database()
                .rows("SELECT name FROM rollups WHERE name LIKE '%_hours' AND seen_to = '-infinity'")
                .isEmpty();
    }
}
