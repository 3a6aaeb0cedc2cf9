package dev.gatehouse.launcher;

import java.time.Duration;
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

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Administers API keys.",
        subcommands = {
            KeysCommand.Create.class,
            KeysCommand.ListKeys.class,
            KeysCommand.Show.class,
            KeysCommand.Rotate.class,
            KeysCommand.Revoke.class
        })
final class KeysCommand implements Runnable {
    private static final String USUAL = "default";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: gatehouse keys list");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key and prints its secret, this once.")
    static final class Create implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(paramLabel = "NAME", description = "By which people know it.")
        private String name = "";

        @Option(names = "--tenant", paramLabel = "NAME|ID", description = "Default: ${DEFAULT-VALUE}.")
        private String tenant = USUAL;

        @Option(names = "--project", paramLabel = "NAME|ID", description = "Default: ${DEFAULT-VALUE}.")
        private String project = USUAL;

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                converter = TimeSpan.Converter.class,
                description = "The key ends after this time, such as 90d or 24h.")
        private @Nullable TimeSpan expires;

        @Option(names = "--model", paramLabel = "NAME", description = "Only this model; may be repeated.")
        private List<String> models = new ArrayList<>();

        @Option(
                names = "--endpoint",
                paramLabel = "NAME",
                description = "Only this group of paths: chat, messages or models; may be repeated.")
        private List<String> endpoints = new ArrayList<>();

        @Option(
                names = "--address",
                paramLabel = "CIDR",
                description = "Only from this network, such as 10.0.0.0/8; may be repeated.")
        private List<String> addresses = new ArrayList<>();

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("project", new Places(client).project(tenant, project));
                body.put("name", name);
                if (expires != null) {
                    body.put(
                            "expires",
                            Instant.now()
                                    .plus(expires.length())
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString());
                }
                restrict(body, "models", models);
                restrict(body, "endpoints", endpoints);
                restrict(body, "addresses", addresses);
                issued(admin, client.post("/keys", body));
            }
        }

        private static void restrict(Map<String, Object> body, String member, List<String> values) {
            if (!values.isEmpty()) {
                body.put(member, values);
            }
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists keys, the oldest first.")
    static final class ListKeys implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Option(names = "--tenant", paramLabel = "NAME|ID", description = "Only this tenant's.")
        private @Nullable String tenant;

        @Option(names = "--state", paramLabel = "STATE", description = "Only these: active, expired or revoked.")
        private @Nullable String state;

        @Option(names = "--name", paramLabel = "TEXT", description = "Only those whose name contains this.")
        private @Nullable String name;

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                Map<String, String> filter = new LinkedHashMap<>();
                if (tenant != null) {
                    filter.put("tenant", new Places(client).tenant(tenant));
                }
                if (state != null) {
                    filter.put("state", state);
                }
                if (name != null) {
                    filter.put("name", name);
                }
                client.list("/keys", filter, key -> show(admin, key));
            }
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a key, without its secrets.")
    static final class Show implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(paramLabel = "ID", description = "The key's id, as 'list' prints it.")
        private UUID id = new UUID(0, 0);

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                JsonNode key = client.get("/keys/" + id);
                System.out.println(admin.json() ? key.toString() : key.toPrettyString());
            }
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Gives a key a new secret and prints it, this once. The one before stays good for a while.")
    static final class Rotate implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(paramLabel = "ID", description = "The key's id, as 'list' prints it.")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--grace",
                paramLabel = "TIME",
                converter = TimeSpan.Converter.class,
                description = "How long the secret before stays good, 0 to 30d (default: 24h).")
        private TimeSpan grace = new TimeSpan(Duration.ofHours(24));

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                issued(
                        admin,
                        client.post(
                                "/keys/" + id + "/rotate",
                                Map.of("graceSeconds", grace.length().toSeconds())));
            }
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key for ever, on all gateways within a second.")
    static final class Revoke implements Runnable {
        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Parameters(paramLabel = "ID", description = "The key's id, as 'list' prints it.")
        private UUID id = new UUID(0, 0);

        @Override
        public void run() {
            try (AdminClient client = admin.client()) {
                show(admin, client.delete("/keys/" + id));
            }
        }
    }

    private static void issued(AdminOptions admin, JsonNode issued) {
        if (admin.json()) {
            System.out.println(issued);
            return;
        }
        System.err.println("key %s; its secret is shown only now:"
                .formatted(issued.path("key").path("id").asString()));
        System.out.println(issued.path("secret").asString());
    }

    private static void show(AdminOptions admin, JsonNode key) {
        System.out.println(
                admin.json()
                        ? key.toString()
                        : "%s  %-8s %-12s  %s"
                                .formatted(
                                        key.path("id").asString(),
                                        key.path("state").asString(),
                                        key.path("secrets")
                                                .path(key.path("secrets").size() - 1)
                                                .path("prefix")
                                                .asString("-"),
                                        key.path("name").asString()));
    }
}
