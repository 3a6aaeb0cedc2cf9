package dev.gatehouse.launcher;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events, as far as the administration uses them: each has a name and one line of JSON. */
final class EventStream implements AutoCloseable {

    private static final String NAME = "event:";
    private static final String DATA = "data:";

    private final Stream<String> lines;

    EventStream(Stream<String> lines) {
        this.lines = lines;
    }

    /** An event. */
    record Event(String name, JsonNode data) {}

    /** Gives each event as it comes, until the stream ends or breaks. */
    void forEach(Consumer<Event> reader) {
        try {
            String name = "";
            for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
                String line = all.next();
                if (line.startsWith(NAME)) {
                    name = line.substring(NAME.length()).strip();
                } else if (line.startsWith(DATA)) {
                    reader.accept(new Event(name, JsonMapper.shared().readTree(line.substring(DATA.length()))));
                }
            }
        } catch (UncheckedIOException broken) {
            return;
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
