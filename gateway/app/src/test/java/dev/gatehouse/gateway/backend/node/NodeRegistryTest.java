package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeRegistryTest {

    private static final NodeName ONE = new NodeName("worker-1");
    private static final NodeName TWO = new NodeName("worker-2");
    private static final Duration SILENT = Duration.ofSeconds(15);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final Time time = new Time(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeNodeDirectory directory = new FakeNodeDirectory();
    private final NodeRegistry registry = new NodeRegistry(
            directory,
            new NodeProperties(HEARTBEAT, SILENT, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)),
            time);

    @Test
    void goesOnWithWhatItKnowsWhileTheDirectoryIsAway() {
        registry.heard(Registrations.busy("worker-1", 0));
        directory.away = true;
        registry.refresh();
        assertThat(chosen()).containsExactly(ONE);
        time.pass(SILENT.minusMillis(1));
        assertThatThrownBy(() -> registry.heard(Registrations.busy("worker-1", 0)))
                .isInstanceOf(Fault.class);
        time.pass(Duration.ofSeconds(1));
        assertThat(chosen()).containsExactly(ONE);
    }

    @Test
    void doesNotChooseANewNodeThatTheDirectoryDoesNotHave() {
        directory.away = true;
        assertThatThrownBy(() -> registry.heard(Registrations.busy("worker-1", 0)))
                .isInstanceOf(Fault.class);
        assertThat(chosen()).isEmpty();
    }

    @Test
    void doesNotChooseANodeThatIsSilent() {
        registry.heard(Registrations.busy("worker-1", 0));
        time.pass(SILENT);
        assertThat(chosen()).isEmpty();
    }

    @Test
    void trustsASuspectAgainWhenItReportsHere() {
        registry.heard(Registrations.busy("worker-1", 0));
        registry.suspect(ONE);
        assertThat(chosen()).isEmpty();
        time.pass(Duration.ofMillis(1));
        registry.heard(Registrations.busy("worker-1", 0));
        assertThat(chosen()).containsExactly(ONE);
    }

    @Test
    void trustsASuspectAgainWhenItReportsToAnotherGateway() {
        directory.add(Registrations.busy("worker-1", 0), time.instant());
        registry.refresh();
        time.pass(Duration.ofMillis(1));
        registry.suspect(ONE);
        registry.refresh();
        assertThat(chosen()).isEmpty();
        time.pass(HEARTBEAT);
        directory.add(Registrations.busy("worker-1", 0), time.instant());
        registry.refresh();
        assertThat(chosen()).containsExactly(ONE);
    }

    @Test
    void countsItsOwnExchangesBetweenReports() {
        registry.heard(Registrations.busy("worker-1", 2));
        registry.heard(Registrations.busy("worker-2", 4));
        assertThat(chosen()).containsExactly(ONE, TWO);
        opened(ONE, 3);
        assertThat(chosen()).containsExactly(TWO, ONE);
        registry.closed(ONE);
        registry.closed(ONE);
        assertThat(chosen()).containsExactly(ONE, TWO);
    }

    @Test
    void countsAnExchangeThatAReportHoldsOnce() {
        opened(ONE, 4);
        registry.heard(Registrations.busy("worker-1", 4));
        registry.heard(Registrations.busy("worker-2", 5));
        assertThat(chosen()).containsExactly(ONE, TWO);
        opened(ONE, 2);
        time.pass(Duration.ofMillis(900));
        directory.add(Registrations.busy("worker-1", 4), time.instant());
        registry.refresh();
        assertThat(chosen()).containsExactly(TWO, ONE);
    }

    @Test
    void choosesAmongEqualNodesAtRandom() {
        registry.heard(Registrations.busy("worker-1", 1));
        registry.heard(Registrations.busy("worker-2", 1));
        Set<NodeName> first = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            first.add(chosen().getFirst());
        }
        assertThat(first).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aNodeContinuesWhatAnotherOfItsBuildHasBegunWithTheSameFile() {
        registry.heard(Registrations.busy("worker-1", 0));
        registry.heard(Registrations.busy("worker-2", 0));
        assertThat(registry.continues(ONE, TWO, Registrations.MODEL)).isTrue();
        registry.heard(Registrations.other("worker-2", "later", Registrations.SHA256));
        assertThat(registry.continues(ONE, TWO, Registrations.MODEL)).isFalse();
        registry.heard(Registrations.other("worker-2", "dev", Registrations.SHA256.replace('2', '3')));
        assertThat(registry.continues(ONE, TWO, Registrations.MODEL)).isFalse();
    }

    @Test
    void aNodeThatCanNotBeChosenContinuesNothing() {
        registry.heard(Registrations.busy("worker-1", 0));
        registry.heard(Registrations.of("worker-2", 41_002, Registration.State.DRAINING, 0));
        assertThat(registry.continues(ONE, TWO, Registrations.MODEL)).isFalse();
        assertThat(registry.continues(ONE, new NodeName("worker-3"), Registrations.MODEL))
                .isFalse();
    }

    private void opened(NodeName node, int times) {
        for (int i = 0; i < times; i++) {
            registry.opened(node);
        }
    }

    private List<NodeName> chosen() {
        return registry.serving(Registrations.MODEL).stream()
                .map(Registration::name)
                .toList();
    }
}
