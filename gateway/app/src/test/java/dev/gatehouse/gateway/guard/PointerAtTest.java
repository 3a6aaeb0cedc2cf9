package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointerAtTest {

    /** The mark {@code @} stands at the byte asked for. */
    private static String pointer(String marked) {
        int offset = marked.substring(0, marked.indexOf('@')).getBytes(StandardCharsets.UTF_8).length;
        return PointerAt.of(marked.getBytes(StandardCharsets.UTF_8), offset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"x@y\"}                                  | /a",
                "{\"a\":\"@\"}                                    | /a",
                "{\"a\":[1,{\"b\":true},\"x\",\"y@\"]}            | /a/3",
                "{\"a\":{\"b\":[[],[\"@\"]],\"c\":\"x\"}}         | /a/b/1/0",
                "{\"a\":\"x\", \"b\" : null,\"c\":\"x\\\"@\"}     | /c",
                "{\"a\":\"\\\\\",\"b\":\"@\"}                     | /b",
                "{\"é😀\":\"é😀\",\"ü\":\"😀@\"}                  | /ü",
                "{\"a\":{\"x@\":\"y\"}}                           | /a/x@",
                "{\"a/b\":{\"~\":\"@\"}}                          | /a~1b/~0",
                "{\"\\u0061\":\"@\"}                              | /a",
            })
    void namesTheStringThatHoldsAByte(String marked, String pointer) {
        assertThat(pointer(marked)).isEqualTo(pointer);
    }

    @Test
    void namesTheNumberThatHoldsAByte() {
        byte[] body = "{\"a\":[1,23],\"b\":4}".getBytes(StandardCharsets.UTF_8);
        assertThat(PointerAt.of(body, 8)).isEqualTo("/a/1");
        assertThat(PointerAt.of(body, 9)).isEqualTo("/a/1");
        assertThat(PointerAt.of(body, 16)).isEqualTo("/b");
    }

    @Test
    void isTheWholeDocumentForAStringThatIsOne() {
        assertThat(pointer("\"@\"")).isEmpty();
    }

    @Test
    void findsAStringThatEndsALongDocument() {
        String much = "x".repeat(100_000);
        assertThat(pointer("{\"" + much + "\":\"" + much + "\",\"a\":\"" + much + "@\"}"))
                .isEqualTo("/a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 12, 14, 100})
    void refusesAByteOutsideOfStringsAndNumbers(int offset) {
        byte[] body = "{\"a\":\"b\",\"c\":1}".getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> PointerAt.of(body, offset));
    }
}
