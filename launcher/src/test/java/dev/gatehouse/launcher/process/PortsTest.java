package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void namesWhoHoldsABusyPort() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.choose(holder.getLocalPort(), 1))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(
                            "port %d is taken by process %d (",
                            holder.getLocalPort(), ProcessHandle.current().pid())
                    .hasMessageContaining("--port N");
        }
    }

    @Test
    void takesConsecutivePortsOrAnyFreeOnes() {
        int first = Ports.free(1).getFirst();
        assertThat(Ports.choose(first, 1)).containsExactly(first);
        assertThat(Ports.choose(0, 3)).hasSize(3).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void refusesPortsBeyondTheLast() {
        assertThatThrownBy(() -> Ports.choose(65_535, 2))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE));
    }
}
