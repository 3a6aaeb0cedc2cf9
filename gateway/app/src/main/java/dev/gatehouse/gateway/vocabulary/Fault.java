package dev.gatehouse.gateway.vocabulary;

/** A problem that ends a request. */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Has no stack trace: the client's own doing, and frequent. */
    public Fault(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Fault(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
