package dev.gatehouse.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of a run. Filled by the client's event loop alone and read when the run has ended. */
public final class Tally {

    private final Samples latencies = new Samples();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int answers;
    private long startedAt;
    private long endedAt;

    void started(long instant) {
        startedAt = instant;
        endedAt = instant;
    }

    /** @param latency nanoseconds from the time at which the request was due */
    void answered(long latency, long instant) {
        answers++;
        latencies.add(latency);
        endedAt = instant;
    }

    void failed(String why, long instant) {
        answers++;
        faults.merge(why, 1, Integer::sum);
        endedAt = instant;
    }

    /** All that were sent and came to an end, rightly or not. */
    public int answers() {
        return answers;
    }

    /** Right answers only, in nanoseconds from the time at which each request was due. */
    public Samples latencies() {
        return latencies;
    }

    /** From the first request to the last answer. */
    public double seconds() {
        return (endedAt - startedAt) / 1e9;
    }

    public double perSecond() {
        return answers / seconds();
    }

    /**
     * @param name whose answers these are
     * @throws WrongAnswerException if a single answer was wrong: the run's figures are then worth nothing
     */
    public Tally requireRight(String name) {
        if (!faults.isEmpty()) {
            String list = faults.entrySet().stream()
                    .map(fault -> fault.getValue() + " × " + fault.getKey())
                    .collect(Collectors.joining(", "));
            throw new WrongAnswerException("%s: of %,d answers these were wrong: %s".formatted(name, answers, list));
        }
        return this;
    }
}
