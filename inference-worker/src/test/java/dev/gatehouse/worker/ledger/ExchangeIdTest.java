package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeIdTest {

    private static final String INTENT = "01999999-0000-7000-8000-000000000001";

    @Test
    void readsWhatItWrites() {
        assertThat(ExchangeId.parse(INTENT + "-12").orElseThrow()).hasToString(INTENT + "-12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1-1",
                INTENT,
                INTENT + "-",
                INTENT + "-0",
                INTENT + "-01",
                INTENT + "-x",
                INTENT + "--1",
                INTENT + "-9999999999",
                "01999999-0000-7000-8000-00000000000A-1"
            })
    void refusesAnythingElse(String text) {
        assertThat(ExchangeId.parse(text)).isEmpty();
    }
}
