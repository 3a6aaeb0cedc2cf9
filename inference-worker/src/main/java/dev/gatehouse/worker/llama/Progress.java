package dev.gatehouse.worker.llama;

/** Watches a model being loaded. */
@FunctionalInterface
public interface Progress {

    /**
     * @param done 0 to 1, never falling
     * @return false ends the loading
     */
    boolean at(double done);
}
