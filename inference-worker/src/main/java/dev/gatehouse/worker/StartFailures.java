package dev.gatehouse.worker;

import dev.gatehouse.worker.kvstore.KvStoreException;
import dev.gatehouse.worker.ledger.LedgerException;
import dev.gatehouse.worker.node.NodeKeyException;
import dev.gatehouse.worker.node.NodeStartException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Turns the failures that an operator can mend into their message, without a stack trace. */
final class StartFailures implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KvStoreException
                    || cause instanceof LedgerException
                    || cause instanceof NodeKeyException
                    || cause instanceof NodeStartException) {
                return new FailureAnalysis(cause.getMessage(), null, cause);
            }
        }
        return null;
    }
}
