package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;

/** A row on its way to the disk. */
sealed interface Entry permits IntentEntry, OutcomeEntry {

    IntentId id();

    /** Nobody waits for it any more, and it need not be written. */
    boolean isVoid();

    /** It is on disk, and whoever waits may go on. */
    void written();

    /** It will not be written, and whoever waits is told so. */
    void failed();
}
