package dev.gatehouse.bench.load;

import java.util.Optional;

/**
 * What every right answer to a request looks like.
 *
 * @param length bytes of the content; 0 where it may vary
 * @param events server-sent events, the closing one included; 0 where the answer is not a stream
 */
public record Expected(long length, int events) {

    /** Takes an answer that has been read and found right as the model of all others. */
    public static Expected like(Answer answer) {
        return answer.events() > 0 ? new Expected(0, answer.events()) : new Expected(answer.length(), 0);
    }

    /** What is wrong with the answer; empty when nothing is. */
    public Optional<String> fault(Answer answer) {
        if (answer.status() != 200) {
            return Optional.of("status " + answer.status());
        }
        if (length > 0 && answer.length() != length) {
            return Optional.of("%d bytes instead of %d".formatted(answer.length(), length));
        }
        if (answer.events() != events) {
            return Optional.of("%d events instead of %d".formatted(answer.events(), events));
        }
        return events > 0 && !answer.done() ? Optional.of("a stream without [DONE]") : Optional.empty();
    }
}
