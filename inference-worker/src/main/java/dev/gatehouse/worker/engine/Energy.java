package dev.gatehouse.worker.engine;

import java.util.OptionalLong;

/** A meter of the energy that this machine's processors use. */
interface Energy {

    Energy UNKNOWN = OptionalLong::empty;

    /** Since some moment, in microjoules; empty if it can not be read. */
    OptionalLong microjoules();
}
