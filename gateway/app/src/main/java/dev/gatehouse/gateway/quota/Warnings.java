package dev.gatehouse.gateway.quota;

/** Tells the owner of a limit that it was softly passed. */
interface Warnings {

    /** Says nothing. */
    Warnings NONE = (_, _) -> {};

    /**
     * A soft limit was passed; called once a window, by the gateway whose report passed it.
     *
     * @param spent units used in the window
     */
    void passed(Terms terms, long spent);
}
