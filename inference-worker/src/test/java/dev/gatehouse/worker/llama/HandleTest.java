package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandleTest {

    private final List<Long> freed = new ArrayList<>();
    private final Handle handle = new Handle("thing", 42, freed::add);

    @Test
    void freesOnceHoweverOftenItIsClosed() {
        int open = Handle.open();
        handle.close();
        handle.close();
        assertThat(freed).containsExactly(42L);
        assertThat(Handle.open()).isEqualTo(open - 1);
    }

    @Test
    void isNotFreedWhileSomebodyUsesIt() {
        try (var lease = handle.lease()) {
            assertThat(lease.address()).isEqualTo(42);
            assertThatThrownBy(handle::close).hasMessageContaining("thing is in use");
        }
        assertThat(freed).isEmpty();
        handle.close();
        assertThat(freed).hasSize(1);
    }

    @Test
    void isFreedWhenWhatItNeedsFirstThrows() {
        assertThat(handle.orClose(() -> "fine")).isEqualTo("fine");
        assertThat(freed).isEmpty();
        assertThatThrownBy(() -> handle.orClose(() -> {
                    throw new IllegalStateException("unreadable");
                }))
                .hasMessage("unreadable");
        assertThat(freed).containsExactly(42L);
    }

    @Test
    void isNotUsedAfterItWasClosed() {
        handle.close();
        assertThatThrownBy(handle::lease)
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("thing is closed")
                .extracting(e -> ((LlamaException) e).code())
                .isEqualTo(LlamaException.Code.STATE);
    }
}
