package dev.gatehouse.bench.report;

import java.io.PrintStream;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line. */
public final class JsonReport implements Report {

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;

    private record Note(String note) {}

    public JsonReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void conditions(Conditions conditions) {
        print(conditions);
    }

    @Override
    public void note(String text) {
        print(new Note(text));
    }

    @Override
    public void figure(Figure figure) {
        print(figure);
    }

    private void print(Object line) {
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }
}
