package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Work;
import java.util.function.Supplier;

/** Work that passed its tenant's policy. */
record ScreenedWork(Work work, Coverage coverage, PolicyVersion policy, Supplier<Filters> filters) implements Screened {

    @Override
    public Filters newFilters() {
        return filters.get();
    }
}
