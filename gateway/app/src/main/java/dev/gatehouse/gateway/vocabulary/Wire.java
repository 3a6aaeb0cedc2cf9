package dev.gatehouse.gateway.vocabulary;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A request as it came, and what is to be changed in it before it is sent on: unknown members survive.
 *
 * @param body not to be modified
 * @param edits in any order, not overlapping
 */
public record Wire(Dialect dialect, byte[] body, List<Edit> edits) {

    public Wire {
        edits = List.copyOf(edits);
    }

    public Wire with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new Wire(dialect, body, all);
    }

    /** The body with its edits; the body itself when there are none. */
    public byte[] edited() {
        if (edits.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        int done = 0;
        for (Edit edit :
                edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList()) {
            out.write(body, done, edit.from() - done);
            out.writeBytes(edit.replacement());
            done = edit.to();
        }
        out.write(body, done, body.length - done);
        return out.toByteArray();
    }
}
