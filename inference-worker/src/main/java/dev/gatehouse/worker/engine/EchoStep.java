package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one step of the echo engine does, decided under its lock and performed without it. */
final class EchoStep {

    final long now;
    final List<EchoSequence> starting = new ArrayList<>();
    final List<EchoSequence> emitting = new ArrayList<>();
    final Map<EchoSequence, FinishReason> ending = new LinkedHashMap<>();

    /** When the next step is due if nothing happens before. */
    long wakeAt = Long.MAX_VALUE;

    EchoStep(long now) {
        this.now = now;
    }

    boolean isEmpty() {
        return starting.isEmpty() && emitting.isEmpty() && ending.isEmpty();
    }
}
