package dev.gatehouse.worker.node;

import java.util.Locale;

/** What a ticket allows. */
enum Verb {
    RUN,
    RESUME,
    CAP,
    STOP,
    RECORD,
    RECOVER,
    QUOTE,
    TOTALS,
    EXPERTS,
    DRAIN,
    UNDRAIN,
    EVENTS,
    REGISTER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
