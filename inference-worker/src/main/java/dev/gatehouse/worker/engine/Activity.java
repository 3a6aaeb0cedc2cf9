package dev.gatehouse.worker.engine;

import java.util.OptionalDouble;

/**
 * What an engine has done since it started; every figure only grows.
 *
 * @param steps that were computed
 * @param computeNanos time of these steps
 * @param idleNanos time between them
 * @param preemptions sequences that had to give their cells to others
 * @param recomputed tokens that were computed again for that
 * @param joules that the processors used, busy or idle; empty where that can not be read
 */
public record Activity(
        long steps, long computeNanos, long idleNanos, long preemptions, long recomputed, OptionalDouble joules) {

    public static final Activity NONE = new Activity(0, 0, 0, 0, 0, OptionalDouble.empty());
}
