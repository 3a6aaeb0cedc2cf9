package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExpectedTest {

    private static final byte[] NO_BODY = {};

    @Test
    void acceptsWhatIsLikeTheModelAnswer() {
        Answer whole = new Answer(200, 1_400, 0, false, NO_BODY);
        Answer stream = new Answer(200, 9_000, 67, true, NO_BODY);

        assertThat(Expected.like(whole).fault(whole)).isEmpty();
        assertThat(Expected.like(stream).fault(new Answer(200, 9_001, 67, true, NO_BODY)))
                .isEmpty();
    }

    @Test
    void namesWhatIsWrong() {
        Expected whole = new Expected(1_400, 0);
        Expected stream = new Expected(0, 67);

        assertThat(whole.fault(new Answer(503, 1_400, 0, false, NO_BODY))).hasValue("status 503");
        assertThat(whole.fault(new Answer(200, 1_399, 0, false, NO_BODY))).hasValue("1399 bytes instead of 1400");
        assertThat(stream.fault(new Answer(200, 9_000, 66, true, NO_BODY))).hasValue("66 events instead of 67");
        assertThat(stream.fault(new Answer(200, 9_000, 67, false, NO_BODY)))
                .isEqualTo(Optional.of("a stream without [DONE]"));
    }
}
