package dev.gatehouse.gateway.audit;

/** Outcomes as the log has them, for the tests of other rooms. */
public final class Outcomes {

    private Outcomes() {}

    /** As it is written when its answer had to be withheld. */
    public static Outcome withheld(Outcome outcome) {
        return outcome.withheld();
    }
}
