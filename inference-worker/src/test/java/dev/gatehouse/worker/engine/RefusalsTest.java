package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.worker.llama.LlamaException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

    @Test
    void whatTheModelDoesNotTakeIsTheCallers() {
        LlamaException invalid = new LlamaException(LlamaException.Code.INVALID, "no such role");
        assertThat(Refusals.of(invalid)).hasMessageContaining("no such role");
    }

    @ParameterizedTest
    @EnumSource(value = LlamaException.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "INVALID")
    void anyOtherFailureIsNotTheCallers(LlamaException.Code code) {
        LlamaException failure = new LlamaException(code, "broken");
        assertThatThrownBy(() -> Refusals.of(failure)).isSameAs(failure);
    }

    @Test
    void anErrorComesOutAsItIs() {
        Error error = new OutOfMemoryError();
        assertThatThrownBy(() -> Refusals.unwrap(CompletableFuture.failedFuture(error)))
                .isSameAs(error);
    }
}
