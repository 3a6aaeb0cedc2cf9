package dev.gatehouse.bench.report;

/** Where a run's results go, in the order in which they are known. */
public interface Report {

    void conditions(Conditions conditions);

    /** Something that makes figures worth less. */
    void note(String text);

    void figure(Figure figure);
}
