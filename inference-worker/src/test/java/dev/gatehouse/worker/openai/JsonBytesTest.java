package dev.gatehouse.worker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonBytesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void writesEveryCharacterSoThatAParserReadsItBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.appendCodePoint(c);
        }
        new Random(3).ints(2000, 0x10000, 0x110000).forEach(all::appendCodePoint);

        byte[] json = new JsonBytes().string(all.toString()).toBytes();

        assertThat(JSON.readTree(json).stringValue()).isEqualTo(all.toString());
    }

    @Test
    void replacesHalfASurrogatePair() {
        byte[] json = new JsonBytes().string("a\uD83Db\uDE00").toBytes();

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("\"a\uFFFDb\uFFFD\"");
    }

    @Test
    void writesNoNumberThatJsonDoesNotHave() {
        byte[] json = new JsonBytes()
                .raw("[")
                .number(Double.NEGATIVE_INFINITY)
                .raw(",")
                .number(-0.5)
                .raw("]")
                .toBytes();

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("[-9999.0,-0.5]");
    }
}
