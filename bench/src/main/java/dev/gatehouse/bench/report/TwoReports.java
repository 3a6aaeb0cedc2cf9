package dev.gatehouse.bench.report;

/** Everything goes to both. */
public record TwoReports(Report first, Report second) implements Report {

    @Override
    public void conditions(Conditions conditions) {
        first.conditions(conditions);
        second.conditions(conditions);
    }

    @Override
    public void note(String text) {
        first.note(text);
        second.note(text);
    }

    @Override
    public void figure(Figure figure) {
        first.figure(figure);
        second.figure(figure);
    }
}
