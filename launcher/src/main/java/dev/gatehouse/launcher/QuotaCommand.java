package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        description = "Says what a key may still use.",
        subcommands = QuotaCommand.Explain.class)
final class QuotaCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do, for example: gatehouse quota explain KEY MODEL");
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description =
                    "Shows every limit that binds a key when it asks for a model, the widest first, and which one would refuse"
                            + " a shortest call now (then the exit code is 5).")
    static final class Explain implements Callable<Integer> {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(index = "0", paramLabel = "KEY", description = "The key's name or id.")
        private String key = "";

        @Parameters(index = "1", paramLabel = "MODEL", description = "The name by which the model is asked for.")
        private String model = "";

        @Override
        public Integer call() {
            try (AdminClient client = admin.client()) {
                Map<String, String> query = new LinkedHashMap<>();
                query.put("key", new Places(client).key(key));
                query.put("model", model);
                query.put("charge", perCall(client));
                JsonNode explained = client.get("/quota" + AdminClient.query(query));
                JsonNode first = explained.path("first");
                explained.path("items").forEach(item -> show((ObjectNode) item, item.equals(first)));
                if (!admin.json() && first.isObject()) {
                    System.err.println("gatehouse: a call would be refused; there is room %s".formatted(room(first)));
                }
                return (first.isObject() ? Exit.QUOTA : Exit.OK).code();
            }
        }

        /** What a call costs before any token of it. */
        private String perCall(AdminClient client) {
            Instant now = Instant.now();
            Instant[] began = {Instant.MIN};
            String[] price = {"0"};
            client.list("/prices", Map.of("model", model), one -> {
                Instant from = Instant.parse(one.path("from").asString());
                boolean over = one.path("until").isString()
                        && !now.isBefore(Instant.parse(one.path("until").asString()));
                if (!from.isAfter(now) && !over && from.isAfter(began[0])) {
                    began[0] = from;
                    price[0] = one.path("perCall").asString();
                }
            });
            return price[0];
        }

        private void show(ObjectNode item, boolean first) {
            System.out.println(
                    admin.json()
                            ? item.put("first", first).toString()
                            : "%s %-12s %s%s%s%s"
                                    .formatted(
                                            first ? "*" : " ",
                                            item.path("level").asString(),
                                            item.path("what").asString(),
                                            optional(" a ", item.path("per")),
                                            optional(" of ", item.path("model")),
                                            state(item.path("state"))));
        }

        /** What others use of the organisation's limits is not told to users of a tenant. */
        private static String state(JsonNode state) {
            return state.isObject()
                    ? ": %s of %s used, %s held, %s left%s"
                            .formatted(
                                    state.path("spent").asString(),
                                    state.path("amount").asString(),
                                    state.path("held").asString(),
                                    state.path("left").asString(),
                                    optional(", whole at ", state.path("reset")))
                    : "";
        }

        private static String optional(String before, JsonNode value) {
            return value.isString() ? before + value.asString() : "";
        }

        private static String room(JsonNode first) {
            return first.path("room").isNull()
                    ? "when requests under way end, or when the limit is raised"
                    : "at " + first.path("room").asString();
        }
    }
}
