package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Checks what the installation has recorded.",
        subcommands = AuditCommand.Reconcile.class)
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: gatehouse audit reconcile");
    }

    @Command(
            name = "reconcile",
            mixinStandardHelpOptions = true,
            description = {
                "Compares the ledger with the nodes' own records, with the outcomes and with what budgets count as spent.",
                "Ends with 7 when two sums differ, with 6 when a node did not answer."
            })
    static final class Reconcile implements Runnable {

        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = TimeSpan.Converter.class,
                description = "Requests that arrived no longer ago, at most 23h (default: 23h).")
        private @Nullable TimeSpan since;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                converter = TimeSpan.Converter.class,
                description =
                        "Requests that arrived longer ago (default: 2m, as the latest are on their way to the books).")
        private @Nullable TimeSpan until;

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                Map<String, String> time = new LinkedHashMap<>();
                put(time, "from", since);
                put(time, "until", until);
                tell(client.post("/reconciliations", time));
            }
        }

        private static void put(Map<String, String> time, String member, @Nullable TimeSpan ago) {
            if (ago != null) {
                time.put(member, RequestFilter.ago(ago.length()));
            }
        }

        private void tell(JsonNode report) {
            if (admin.json()) {
                System.out.println(report);
            } else {
                show(report);
            }
            long differences = report.path("differences").asLong();
            if (differences > 0) {
                throw new Failure(
                        Exit.NOT_VERIFIED,
                        "the books differ in %d places; --json names the requests".formatted(differences));
            }
            if (!report.path("complete").asBoolean()) {
                throw new Failure(Exit.NOT_READY, "not every node answered: try again when it is back");
            }
        }

        private static void show(JsonNode report) {
            System.out.printf(
                    "%s to %s%n",
                    report.path("from").asString(), report.path("until").asString());
            report.path("nodes").forEach(Reconcile::showNode);
            report.path("mismatches")
                    .forEach(one -> System.out.println(
                            "differs  outcome of " + one.path("request").asString()));
            report.path("budgets")
                    .forEach(one -> System.out.printf(
                            "%-7s  budget %s: charged %d, counted %d, leased %d%n",
                            one.path("differs").asBoolean() ? "differs" : "agrees",
                            one.path("limit").asString(),
                            one.path("charged").asLong(),
                            one.path("spent").asLong(),
                            one.path("leased").asLong()));
        }

        /** Hours in which nothing happened are left out. */
        private static void showNode(JsonNode hour) {
            long ledger = tokens(hour.path("ledger"));
            JsonNode recorded = hour.path("recorded");
            if (ledger == 0 && !recorded.isNull() && tokens(recorded) == 0) {
                return;
            }
            System.out.printf(
                    "%-7s  %s from %s: ledger %d tokens, node %s%n",
                    hour.path("differs").asBoolean() ? "differs" : recorded.isNull() ? "unasked" : "agrees",
                    hour.path("node").asString(),
                    hour.path("from").asString(),
                    ledger,
                    recorded.isNull() ? "does not answer" : Long.toString(tokens(recorded)));
        }

        private static long tokens(JsonNode sums) {
            return sums.path("prompt").asLong() + sums.path("completion").asLong();
        }
    }
}
