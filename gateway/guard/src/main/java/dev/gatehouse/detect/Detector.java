package dev.gatehouse.detect;

/**
 * Looks for one kind of text in a stream of characters and reports each {@link Finding} once, in order, as soon as no further
 * character can change it. Positions count the widths given to {@link #accept} since the detector was made. Not thread-safe.
 */
public interface Detector extends CharSink {

    /** All text before this position is decided: its findings have been reported. */
    long settled();
}
