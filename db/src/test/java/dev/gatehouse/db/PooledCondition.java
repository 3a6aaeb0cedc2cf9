package dev.gatehouse.db;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Leaves classes out of the run through PgBouncer where that is not installed, and prints at the end how many. */
final class PooledCondition implements ExecutionCondition {

    private static final Namespace OURS = Namespace.create(PooledCondition.class);

    private static final class LeftOut implements AutoCloseable {
        private final AtomicInteger classes = new AtomicInteger();

        @Override
        public void close() {
            System.out.printf(
                    "%d test classes were not run through PgBouncer, which is not installed here (apt-get install pgbouncer)%n",
                    classes.get());
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!TestDatabase.POOLED || PgBouncer.isInstalled()) {
            return ConditionEvaluationResult.enabled("its database is there");
        }
        if (context.getTestMethod().isEmpty()) {
            context.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(LeftOut.class, _ -> new LeftOut(), LeftOut.class)
                    .classes
                    .incrementAndGet();
        }
        return ConditionEvaluationResult.disabled("PgBouncer is not installed here");
    }
}
