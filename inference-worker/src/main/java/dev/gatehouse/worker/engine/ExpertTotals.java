package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds up what contexts have counted of the experts. Thread-safe. */
final class ExpertTotals {

    private final int every;
    private final int experts;
    private final long[] picks;
    private long steps;
    private long rows;
    private long outputs;

    /** @param every one step of so many is counted; 0: none */
    ExpertTotals(int every, int layers, int experts) {
        this.every = every;
        this.experts = experts;
        this.picks = new long[every == 0 ? 0 : layers * experts];
    }

    boolean any() {
        return picks.length > 0;
    }

    int every() {
        return any() ? every : 0;
    }

    synchronized void add(LlamaContext.ExpertSample sample) {
        steps += sample.steps();
        rows += sample.rows();
        outputs += sample.outputs();
        Arrays.setAll(picks, i -> picks[i] + sample.picks()[i]);
    }

    synchronized ExpertPicks picks() {
        List<ExpertPicks.Layer> layers = new ArrayList<>();
        for (int from = 0; from < picks.length; from += experts) {
            long[] layer = Arrays.copyOfRange(picks, from, from + experts);
            if (Arrays.stream(layer).anyMatch(count -> count > 0)) {
                layers.add(new ExpertPicks.Layer(from / experts, layer));
            }
        }
        return new ExpertPicks(every, steps, rows, outputs, layers);
    }
}
