package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/** The guard's filters over one answer, all its channels; not thread-safe. */
public interface Filters {

    /** Takes the next spans and gives back what may leave now. */
    Passed pass(List<Span> spans);

    /** The answer has ended: gives back all that was still held. */
    Passed finish();

    /** What may leave. */
    sealed interface Passed {

        /** These may leave; what is missing is held. */
        record Clear(List<Span> spans) implements Passed {}

        /** The answer ends after {@code before}. */
        record Cut(List<Span> before, RuleId rule) implements Passed {}
    }
}
