package dev.gatehouse.worker.engine;

/** Who goes first: a batch request runs in the room that interactive ones leave, and gives it back when they need it. */
public enum Priority {
    INTERACTIVE,
    BATCH
}
