package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import org.springframework.security.core.AuthenticationException;

/** A key was refused. Without a stack trace: refusals are everyday, and floods of them must be cheap. */
final class KeyRefusedException extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    KeyRefusedException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
