package dev.gatehouse.worker.engine;

/** Watches a model being loaded. */
@FunctionalInterface
public interface LoadProgress {

    /**
     * @param done 0 to 1, never falling; called on the loading thread
     * @return false ends the loading
     */
    boolean at(double done);
}
