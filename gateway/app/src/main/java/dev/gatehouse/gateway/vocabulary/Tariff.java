package dev.gatehouse.gateway.vocabulary;

/**
 * What an hour of one of our own nodes costs us.
 *
 * @param nodeHour nano-units of the currency, 0 to {@link #DEAREST}
 */
public record Tariff(long nodeHour) {

    /** A thousand units of the currency. */
    public static final long DEAREST = 1_000_000_000_000L;

    public static final Tariff NONE = new Tariff(0);

    private static final long SECONDS = 3_600;
    private static final long MICROS = 1_000_000;
    private static final double LONGEST_MS = 1e9;

    public Tariff {
        if (nodeHour < 0 || nodeHour > DEAREST) {
            throw new IllegalArgumentException("a node's hour costs 0 to " + DEAREST + " nano-units");
        }
    }

    /**
     * The cost of an exchange: its share of the time of the node's steps, as the node has measured it. In nano-units, rounded down.
     */
    public long of(Meters meters) {
        double ms = meters.computeMs();
        long micros = Double.isFinite(ms) ? Math.round(Math.clamp(ms, 0, LONGEST_MS) * 1_000) : 0;
        return nodeHour * (micros / MICROS) / SECONDS + nodeHour * (micros % MICROS) / (SECONDS * MICROS);
    }
}
