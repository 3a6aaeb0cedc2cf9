package dev.gatehouse.worker.engine;

import java.nio.file.Path;

/**
 * What an engine measures of itself; it outlives the engine's contexts.
 *
 * @param pulse of the engine's thread
 */
record Instruments(StepCost cost, Rate rate, Metering metering, Pulse pulse, ExpertTotals experts) {

    private static final Path POWER = Path.of("/sys/class/powercap");

    /** @param layers each of which has so many experts, or none */
    static Instruments of(Traffic traffic, int expertsEvery, int layers, int experts) {
        StepCost cost = new StepCost();
        return new Instruments(
                cost,
                new Rate(System::nanoTime),
                new Metering(cost, traffic, Rapl.under(POWER), System::nanoTime),
                new Pulse(),
                new ExpertTotals(expertsEvery, layers, experts));
    }
}
