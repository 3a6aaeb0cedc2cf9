package dev.gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, 2wjyrI",
        "0123456789ABCDEFGHIJKLMNOPQRSTUV, 1ggZdL",
        "00000000000000000000000000000172, 00YwDE"
    })
    void endsWithTheChecksumOfItsRandomPart(String body, String checksum) {
        assertThat(ApiKey.withChecksum(body)).isEqualTo("gh_live_" + body + checksum);
    }

    @Test
    void isRandomAndOfTheDocumentedShape() {
        String key = ApiKey.generate(new SecureRandom());
        assertThat(key).matches("gh_live_[0-9A-Za-z]{38}");
        assertThat(ApiKey.withChecksum(key.substring(8, 40))).isEqualTo(key);
        assertThat(ApiKey.generate(new SecureRandom())).isNotEqualTo(key);
    }
}
