package dev.gatehouse.launcher;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Budgets are the limits that count money. */
@Command(
        name = "budgets",
        mixinStandardHelpOptions = true,
        description = "Administers budgets: what may be spent in a day, a month or a quarter.",
        subcommands = {
            BudgetsCommand.ListBudgets.class,
            BudgetsCommand.SetBudget.class,
            BudgetsCommand.OverrideBudget.class,
            BudgetsCommand.Delete.class
        })
final class BudgetsCommand implements Runnable {
    private static final String LIMITS = "/limits";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: gatehouse budgets list");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists budgets and what is left of them.")
    static final class ListBudgets implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Mixin
        private Whom whom = new Whom();

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                Map<String, String> filter = new LinkedHashMap<>(whom.members(new Places(client)));
                filter.put("what", "charge");
                client.list(LIMITS, filter, budget -> show(admin, budget));
            }
        }
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Sets a budget, on all gateways at once. One for the same period and model is changed.")
    static final class SetBudget implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Mixin
        private Whom whom = new Whom();

        @Parameters(paramLabel = "AMOUNT", description = "Units of the currency, such as 12.50.")
        private String amount = "";

        @Option(
                names = "--per",
                paramLabel = "PERIOD",
                description = "day, month or quarter (default: ${DEFAULT-VALUE}).")
        private String per = "month";

        @Option(names = "--model", paramLabel = "NAME", description = "For this model alone.")
        private @Nullable String model;

        @Option(names = "--soft", paramLabel = "PERCENT", description = "Give a warning from this share of it.")
        private @Nullable Integer soft;

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                Map<String, String> subject = whom.required(new Places(client));
                List<JsonNode> same = same(client, subject);
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("amount", amount);
                if (soft != null) {
                    body.put("softPercent", soft);
                }
                show(
                        admin,
                        same.isEmpty()
                                ? client.post(LIMITS, made(subject, body))
                                : client.put(
                                        LIMITS + "/"
                                                + same.getFirst().path("id").asString(),
                                        body));
            }
        }

        private Map<String, Object> made(Map<String, String> subject, Map<String, Object> body) {
            body.putAll(subject);
            body.put("what", "charge");
            body.put("per", per);
            if (model != null) {
                body.put("model", model);
            }
            return body;
        }

        private List<JsonNode> same(AdminClient client, Map<String, String> subject) {
            Map<String, String> filter = new LinkedHashMap<>(subject);
            filter.put("what", "charge");
            List<JsonNode> same = new ArrayList<>();
            client.list(LIMITS, filter, budget -> {
                if (budget.path("per").asString().equals(per)
                        && budget.path("model").asString("").equals(model == null ? "" : model)) {
                    same.add(budget);
                }
            });
            return same;
        }
    }

    @Command(
            name = "override",
            mixinStandardHelpOptions = true,
            description = "Sets another amount for a while; of two at once the later made one holds.")
    static final class OverrideBudget implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(index = "0", paramLabel = "ID", description = "The budget's id, as 'list' prints it.")
        private UUID id = new UUID(0, 0);

        @Parameters(index = "1", paramLabel = "AMOUNT", description = "Units of the currency, such as 12.50.")
        private String amount = "";

        @Option(
                names = "--for",
                paramLabel = "TIME",
                required = true,
                converter = TimeSpan.Converter.class,
                description = "How long it holds, such as 2d or 8h.")
        private @Nullable TimeSpan length;

        @Override
        public void run() {
            if (length == null) {
                throw new IllegalStateException("--for is required");
            }
            Instant until = Instant.now().plus(length.length()).truncatedTo(ChronoUnit.SECONDS);
            try (AdminClient client = admin.client()) {
                show(
                        admin,
                        client.post(
                                LIMITS + "/" + id + "/overrides", Map.of("amount", amount, "until", until.toString())));
            }
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Ends a budget.")
    static final class Delete implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(paramLabel = "ID", description = "The budget's id, as 'list' prints it.")
        private UUID id = new UUID(0, 0);

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                show(admin, client.delete(LIMITS + "/" + id));
            }
        }
    }

    private static void show(AdminOptions admin, JsonNode budget) {
        JsonNode state = budget.path("state");
        System.out.println(
                admin.json()
                        ? budget.toString()
                        : "%s  %-12s %-36s  %s a %s%s: %s spent, %s held, %s left until %s"
                                .formatted(
                                        budget.path("id").asString(),
                                        budget.path("level").asString(),
                                        budget.path("subject").asString("-"),
                                        state.path("amount").asString(),
                                        budget.path("per").asString(),
                                        budget.path("model").isNull()
                                                ? ""
                                                : " of " + budget.path("model").asString(),
                                        state.path("spent").asString(),
                                        state.path("held").asString(),
                                        state.path("left").asString(),
                                        state.path("reset").asString("-")));
    }
}
