package dev.gatehouse.bench.load;

/** An answer that a benchmark got was not the right one, so that nothing measured with it counts. */
public final class WrongAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongAnswerException(String message) {
        super(message);
    }
}
