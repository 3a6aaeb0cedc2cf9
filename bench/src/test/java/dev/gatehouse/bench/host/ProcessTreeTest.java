package dev.gatehouse.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProcessTreeTest {

    private static final double SOME_CPU_US = 100_000;

    @Test
    void countsTheTimeOfABusyGrandchild() throws Exception {
        Process child = shell("sh -c 'while :; do :; done' & wait");
        try {
            ProcessTree tree = new ProcessTree(child.pid());
            double before = tree.cpuUs();
            while (tree.cpuUs() - before < SOME_CPU_US) {
                Thread.onSpinWait();
            }
            assertThat(new ProcessTree(ProcessHandle.current().pid()).cpuUs()).isGreaterThan(tree.cpuUs());
            assertThat(tree.anonymousBytes()).isPositive();
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    @Test
    void knowsWhatOfAJvmsTimeItsCompilersTook() {
        ProcessTree own = new ProcessTree(ProcessHandle.current().pid());

        assertThat(own.compilerUs()).isPositive().isLessThan(own.cpuUs());
    }

    @Test
    void keepsTheTimeOfChildrenThatEnded() throws Exception {
        Process child = shell("sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; echo done; read line");
        try {
            assertThat(child.inputReader().readLine()).isEqualTo("done");
            assertThat(child.descendants()).isEmpty();
            assertThat(new ProcessTree(child.pid()).cpuUs()).isPositive();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void refusesToMeasureAProcessThatHasEnded() throws Exception {
        Process child = shell("exit 0");
        child.waitFor();

        assertThatThrownBy(new ProcessTree(child.pid())::cpuUs)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void readsACommandWithSpacesAndParentheses() {
        String line = "42 (a) b (c) S 7 42 42 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 1 0 100 0 0 0";

        assertThat(Stat.parse(line)).isEqualTo(new Stat(42, 7, "a) b (c", 110));
    }

    @Test
    void readsAnonymousMemory() {
        assertThat(ProcessTree.field("Rss:    1736 kB\nAnonymous:    112 kB\n", "Anonymous:"))
                .hasValue(112);
    }

    private static Process shell(String script) throws Exception {
        return new ProcessBuilder(List.of("sh", "-c", script)).start();
    }
}
