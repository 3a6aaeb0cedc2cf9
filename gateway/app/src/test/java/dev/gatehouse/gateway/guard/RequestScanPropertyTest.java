package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.detect.StreamFilter.Notation;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Work;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RequestScanPropertyTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Property(tries = 1_000)
    void masksInTheBytesWhatFiltersMaskInTheText(@ForAll long seed) {
        Answers answer = Answers.withNumbers(seed);
        String text = String.join("|", answer.texts().values());
        String arguments = answer.texts().getOrDefault(Channel.tool(0, 0), "");
        String body = "{\"text\":\"%s\",\"arguments\":\"%s\"}".formatted(escaped(text, seed), escaped(arguments, seed));
        Work work = Requests.of(body);
        RequestScan scan = RequestScan.of(work, Remedies.all(Remedy.MASK));
        JsonNode sent = JSON.readTree(work.wire().with(scan.masks()).edited());
        assertThat(sent.get("text").asString()).isEqualTo(masked(Notation.PLAIN, text));
        assertThat(sent.get("arguments").asString()).isEqualTo(masked(Notation.JSON, arguments));
    }

    private static String escaped(String text, long seed) {
        Random random = new Random(seed);
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            boolean must = codePoint == '"' || codePoint == '\\' || codePoint < ' ';
            out.append(must || random.nextInt(4) == 0 ? Answers.escaped(codePoint) : Character.toString(codePoint));
        });
        return out.toString();
    }

    private static String masked(Notation notation, String text) {
        StreamFilter filter = new StreamFilter(notation, Remedies.all(Remedy.MASK), finding -> {});
        return filter.feed(text) + filter.finish();
    }
}
