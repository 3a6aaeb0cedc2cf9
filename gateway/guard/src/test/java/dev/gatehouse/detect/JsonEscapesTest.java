package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonEscapesTest {

    private static final String NUMBER = "4111111111111111";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\n4111111111111111|\\n[payment card ****1111]",
                "\\\\4111111111111111|\\\\[payment card ****1111]",
                "4111\\/1111\\/1111\\/1111|[payment card ****1111]",
                "\\ud835\\udfdc111111111111111|[payment card ****1111]",
                "\\u003X4111111111111111|\\u003X[payment card ****1111]",
                "\\4111111111111111|[payment card ****1111]"
            })
    void areReadAsALenientReaderWould(String string, String masked) {
        assertThat(Filters.whole(Notation.JSON, '"' + string + '"')).isEqualTo('"' + masked + '"');
    }

    @Test
    void tellStringsFromNumbersAlsoWhereADocumentBreaksOff() {
        assertThat(Filters.whole(Notation.JSON, "{\"a\\\"b\":" + NUMBER)).isEqualTo("{\"a\\\"b\":0");
        assertThat(Filters.whole(Notation.JSON, "{\"a\":\"" + NUMBER)).isEqualTo("{\"a\":\"[payment card ****1111]");
        assertThat(Filters.whole(Notation.JSON, "{\"a\":\"\\u00")).isEqualTo("{\"a\":\"\\u00");
    }
}
