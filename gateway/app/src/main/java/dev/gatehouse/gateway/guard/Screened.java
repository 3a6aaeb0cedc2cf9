package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Work;

/** Work that the guard has looked at; only this room can make one, so nothing unscreened can be dispatched. */
public sealed interface Screened permits ScreenedWork {

    /** The work to dispatch: its wire holds the masks. */
    Work work();

    Coverage coverage();

    PolicyVersion policy();

    /** Filters for an answer to this work; fresh for each attempt that starts from nothing. */
    Filters newFilters();
}
