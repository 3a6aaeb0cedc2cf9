package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import org.junit.jupiter.api.Test;

class CredentialsTests {

    @Test
    void isTheBearerOrTheApiKey() {
        assertThat(Credentials.of(headers("authorization", "Bearer a"))).contains("Bearer a");
        assertThat(Credentials.of(headers("x-api-key", "a"))).contains("Bearer a");
        assertThat(Credentials.of(headers("other", "a"))).isEmpty();
    }

    @Test
    void theSameKeyInBothIsOne() {
        assertThat(Credentials.of(headers("authorization", "Bearer a", "x-api-key", "a")))
                .contains("Bearer a");
    }

    @Test
    void severalKeysAreNotAValidOne() {
        assertThat(Credentials.of(headers("authorization", "Bearer a", "x-api-key", "b")))
                .contains("Bearer a, Bearer b");
        assertThat(Credentials.of(headers("x-api-key", "a", "x-api-key", "b"))).contains("Bearer a, Bearer b");
    }

    private static RequestHeaders headers(String... pairs) {
        var headers = RequestHeaders.builder(HttpMethod.POST, "/v1/messages");
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers.build();
    }
}
