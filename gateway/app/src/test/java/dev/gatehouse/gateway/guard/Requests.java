package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Priority;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Wire;
import dev.gatehouse.gateway.vocabulary.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests from their JSON: every string, names included, is a text field; one named arguments is a document. */
final class Requests {

    private Requests() {}

    static Work of(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new Generate(
                new ModelName("m"),
                new Wire(Dialect.OPENAI, body, List.of()),
                texts(body),
                List.of(),
                new Bound(body.length, Bound.UNSTATED, 1),
                Priority.values()[0]);
    }

    private static List<TextField> texts(byte[] body) {
        List<TextField> texts = new ArrayList<>();
        String name = "";
        for (int at = 0; at < body.length; at++) {
            if (body[at] != '"') {
                continue;
            }
            int to = end(body, at + 1);
            String text = new String(body, at + 1, to - at - 1, StandardCharsets.UTF_8);
            boolean isName = to + 1 < body.length && body[to + 1] == ':';
            name = isName ? text : name;
            TextKind kind = name.equals("arguments") && !isName ? TextKind.DOCUMENT : TextKind.USER;
            texts.add(new TextField(kind, at + 1, to));
            at = to;
        }
        return texts;
    }

    private static int end(byte[] body, int from) {
        int at = from;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
