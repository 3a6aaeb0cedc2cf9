package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For the tests of dialects: plants canaries in every string of a request, names of members too, and sees that none passes. */
public final class Canaries {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TenantId TENANT = new TenantId(new UUID(0, 1));

    private final Function<byte[], Work> reader;
    private final String request;
    private final Set<String> unreadable = new TreeSet<>();
    private int planted;

    private Canaries(String request, Function<byte[], Work> reader) {
        this.request = request;
        this.reader = reader;
    }

    /**
     * Plants each canary in each string of a request, as it is and in escapes.
     *
     * @param reader reads a request of the dialect; a {@link Fault} refuses it
     */
    public static Canaries plantedIn(String request, Function<byte[], Work> reader) {
        Canaries canaries = new Canaries(request, reader);
        canaries.plantEverywhere();
        return canaries;
    }

    /** How many strings there are. */
    public int strings() {
        return planted;
    }

    /** The strings that cannot have a canary, as the reader refuses it there. */
    public Set<String> unreadable() {
        return unreadable;
    }

    /** All strings of a document and of the documents in it, and all names. */
    public static List<String> strings(JsonNode document) {
        List<String> strings = new ArrayList<>();
        collect(document, strings);
        return strings;
    }

    private static void collect(JsonNode node, List<String> strings) {
        if (node.isString()) {
            strings.add(node.stringValue());
            inner(node.stringValue(), strings);
        }
        strings.addAll(node.propertyNames());
        node.values().forEach(value -> collect(value, strings));
        if (node.isNumber()) {
            strings.add(node.toString());
        }
    }

    private static void inner(String text, List<String> strings) {
        if (text.startsWith("{")) {
            try {
                collect(JSON.readTree(text), strings);
            } catch (JacksonException _) {
                strings.add(text);
            }
        }
    }

    private void plantEverywhere() {
        for (int at = 0; at < request.length(); at++) {
            if (request.charAt(at) == '"') {
                int end = end(at + 1);
                plant(at + 1, end);
                at = end;
            }
        }
    }

    private int end(int from) {
        int at = from;
        while (request.charAt(at) != '"') {
            at += request.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private void plant(int from, int to) {
        planted++;
        for (Canary canary : Canary.ALL) {
            for (String written : List.of(canary.text(), escaped(canary.text()))) {
                String before = request.substring(0, to) + (to > from ? " " : "");
                byte[] body = (before + written + request.substring(to)).getBytes(StandardCharsets.UTF_8);
                look(canary, body, request.substring(from, to));
            }
        }
    }

    private void look(Canary canary, byte[] body, String place) {
        Work work;
        try {
            work = reader.apply(body);
        } catch (Fault refused) {
            unreadable.add(place);
            return;
        }
        assertMasked(canary, guard(Remedy.MASK).screen(TENANT, work), place);
        assertBlocked(canary, guard(Remedy.BLOCK).screen(TENANT, work), place);
    }

    private static Guard guard(Remedy remedy) {
        Policy policy = Policy.of(Remedies.all(remedy), Remedies.all(remedy));
        return new PolicyGuard(tenant -> policy, new FindingCounts(new SimpleMeterRegistry()));
    }

    private static void assertMasked(Canary canary, Verdict verdict, String place) {
        assertThat(verdict).as(place).isInstanceOfSatisfying(Verdict.Cleared.class, cleared -> {
            byte[] sent = cleared.what().work().wire().edited();
            assertThat(strings(JSON.readTree(sent))).as(place).noneMatch(canary::shownIn);
            assertThat(cleared.what().coverage().byKind()).as(place).containsKey(canary.kind());
        });
    }

    private static void assertBlocked(Canary canary, Verdict verdict, String place) {
        assertThat(verdict).as(place).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.rule().value()).as(place).isEqualTo(canary.kind().rule());
            assertThat(blocked.why().message()).as(place).doesNotContain(canary.secret());
            assertThat(blocked.why().param().orElse("")).as(place).doesNotContain(canary.secret());
        });
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> escaped.append(Answers.escaped(codePoint)));
        return escaped.toString();
    }
}
