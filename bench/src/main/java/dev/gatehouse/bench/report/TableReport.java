package dev.gatehouse.bench.report;

import java.io.PrintStream;
import java.util.Locale;

/** A table for people. */
public final class TableReport implements Report {

    private static final String LINE = "%-50s %10s %10s %10s  %-6s %s";

    private final PrintStream out;
    private boolean headed;

    public TableReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void conditions(Conditions conditions) {
        out.println("on:      " + String.join(", ", conditions.on()));
        out.println("peer:    " + conditions.peer());
        out.println("machine: %s; load %.1f".formatted(conditions.machine(), conditions.load()));
        out.println("rounds:  %d interleaved%s".formatted(conditions.rounds(), conditions.quick() ? ", quick" : ""));
    }

    @Override
    public void note(String text) {
        out.println("note:    " + text);
    }

    @Override
    public void figure(Figure figure) {
        if (!headed) {
            headed = true;
            out.println();
            out.println(LINE.formatted("figure", "median", "low", "high", "unit", "ratio to peer"));
        }
        out.println(LINE.formatted(
                figure.name(),
                number(figure.value()),
                number(figure.low()),
                number(figure.high()),
                figure.unit(),
                figure.ratio() == null ? "" : "%.2f × %s".formatted(figure.ratio(), figure.peer())));
        out.flush();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%,.2f", value);
    }
}
