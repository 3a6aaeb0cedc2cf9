package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.List;

/** Lets everything out, for tenants whose policy says so. */
final class OpenFilters implements Filters {

    @Override
    public Passed pass(List<Span> spans) {
        return new Passed.Clear(spans);
    }

    @Override
    public Passed finish() {
        return new Passed.Clear(List.of());
    }
}
