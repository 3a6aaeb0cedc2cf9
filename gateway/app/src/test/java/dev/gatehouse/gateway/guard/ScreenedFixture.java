package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Work;
import java.util.List;
import java.util.Map;

/** For other rooms' tests: work that passed a policy, with filters that let everything through. */
public final class ScreenedFixture {

    public static final PolicyVersion POLICY = new PolicyVersion("0123456789abcdef");
    public static final Coverage COVERAGE = new Coverage(3, 40, Map.of(Kind.PAYMENT_CARDS, 2), 1);

    private ScreenedFixture() {}

    public static Screened of(Work work) {
        return new ScreenedWork(work, COVERAGE, POLICY, AllClear::new);
    }

    private static final class AllClear implements Filters {
        @Override
        public Passed pass(List<Span> spans) {
            return new Passed.Clear(spans);
        }

        @Override
        public Passed finish() {
            return new Passed.Clear(List.of());
        }
    }
}
