package dev.gatehouse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final Conditions CONDITIONS = new Conditions(List.of("key"), "nginx/1", "2 cores", 0.5, 3, true);

    @Test
    void jsonIsOneObjectALine() {
        assertThat(print(JsonReport::new).lines())
                .containsExactly(
                        "{\"on\":[\"key\"],\"peer\":\"nginx/1\",\"machine\":\"2 cores\",\"load\":0.5,\"rounds\":3,\"quick\":true}",
                        "{\"note\":\"cold\"}",
                        "{\"figure\":\"a.b\",\"value\":1.235,\"unit\":\"us\",\"peer\":\"nginx\",\"ratio\":4.5}",
                        "{\"figure\":\"a.c\",\"value\":2.0,\"unit\":\"ms\",\"peer\":null,\"ratio\":null}");
    }

    @Test
    void theTableSaysTheSame() {
        assertThat(print(TableReport::new))
                .contains("on:      key\n", "rounds:  3 interleaved, quick\n", "note:    cold\n")
                .containsPattern("a\\.b +1\\.24 +1\\.00 +9\\.00 +us +4\\.50 × nginx\n");
    }

    private static String print(Function<PrintStream, Report> kind) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = kind.apply(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        report.conditions(CONDITIONS);
        report.note("cold");
        report.figure(Figure.of("a.b", new Series(1.23456, 9, 1), "us").against("nginx", new Series(4.5)));
        report.figure(Figure.of("a.c", 2, "ms"));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
