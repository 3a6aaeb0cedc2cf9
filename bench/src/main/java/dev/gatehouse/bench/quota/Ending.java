package dev.gatehouse.bench.quota;

/** How a caller's tries ended. */
enum Ending {
    /** It had its answer. */
    ANSWERED,
    /** It was admitted, and hung up before the end. */
    VANISHED,
    /** It was told that waiting is no use. */
    REFUSED
}
