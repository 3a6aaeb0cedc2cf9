package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of a resume: that of the run, whose last member is what has come of its answer. */
final class ResumeBody {

    private ResumeBody() {}

    /** @param run a JSON object with at least one member */
    static byte[] of(byte[] run, Transcript sent) {
        int end = run.length - 1;
        while (run[end] != '}') {
            end--;
        }
        byte[] gh = gh(sent).getBytes(StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOf(run, end + gh.length);
        System.arraycopy(gh, 0, body, end, gh.length);
        return body;
    }

    private static String gh(Transcript sent) {
        StringBuilder gh = new StringBuilder(",\"gh\":{\"ids\":");
        String separator = "[";
        for (int id : sent.ids()) {
            gh.append(separator).append(id);
            separator = ",";
        }
        return gh.append("],\"characters\":")
                .append(sent.characters())
                .append("}}")
                .toString();
    }
}
