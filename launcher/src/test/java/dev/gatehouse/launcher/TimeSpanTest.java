package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeSpanTest {
    @ParameterizedTest
    @CsvSource({"90d, P90D", "24h, PT24H", "30m, PT30M", "10s, PT10S", "0, PT0S"})
    void isReadAsPeopleWriteIt(String text, Duration length) {
        assertThat(TimeSpan.parse(text).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1d", "1w", "1 d", "1.5h", "99999999d"})
    void isRefusedOtherwise(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write one like 90d");
    }
}
