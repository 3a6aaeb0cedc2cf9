package dev.gatehouse.launcher.deploy;

import dev.gatehouse.launcher.data.DatabaseRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the compose file, the Dockerfiles, the scripts of {@code deploy}, the poms, the documents and the code. */
final class Deployment {

    private static final String ROLES = "deploy/postgres/10-roles.sh";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gatehouse\\.[a-z.-]+)` \\|");

    /** The applications by their service: the folder of each, its sources, and what the others call its port. */
    private enum Application {
        GATEWAY("gateway", "gateway/app/src/main/java", "gatehouse.edge"),
        WORKER("worker", "inference-worker/src/main/java", "gatehouse.worker.node");

        private final String service;
        private final String sources;
        private final String listening;

        Application(String service, String sources, String listening) {
            this.service = service;
            this.sources = sources;
            this.listening = listening;
        }
    }

    private final Repository repository;
    private final Compose compose;
    private final List<String> faults = new ArrayList<>();

    private Deployment(Repository repository) {
        this.repository = repository;
        this.compose = Compose.read(repository);
    }

    /** What does not agree, one sentence each. */
    static List<String> faults(Repository repository) {
        Deployment deployment = new Deployment(repository);
        deployment.variables();
        deployment.secrets();
        deployment.roles();
        deployment.compose.services().values().forEach(deployment::service);
        for (Application application : Application.values()) {
            deployment.application(application);
        }
        deployment.urls();
        return deployment.faults;
    }

    private void variables() {
        VARIABLE.matcher(compose.text())
                .results()
                .filter(variable -> !variable.group(1).matches("\\w+:-.+"))
                .forEach(variable -> faults.add(variable.group() + " has no default"));
    }

    private void secrets() {
        String script = repository.text("deploy/secrets");
        Set<String> used = compose.services().values().stream()
                .flatMap(service -> service.secrets().stream())
                .collect(Collectors.toSet());
        compose.secrets().forEach((name, file) -> {
            require(used.contains(name), "no service uses the secret %s", name);
            require(file.equals("./deploy/secrets.d/" + name), "the secret %s is not of secrets.d: %s", name, file);
            require(word(script, name), "deploy/secrets does not make %s", name);
        });
        require(script.contains("/secrets.d}"), "deploy/secrets does not write to secrets.d");
        require(repository.text(".gitignore").contains("/deploy/secrets.d/"), "git does not ignore the secrets");
        require(repository.text(".dockerignore").contains("deploy/secrets.d"), "an image would hold the secrets");
    }

    private void roles() {
        String script = repository.text(ROLES);
        Set<String> readable = Set.copyOf(compose.service("postgres").secrets());
        for (DatabaseRole role : DatabaseRole.values()) {
            require(
                    script.contains("\nrole %s %s\n".formatted(role.role(), role.secret())),
                    "%s does not make the role %s with the secret %s",
                    ROLES,
                    role.role(),
                    role.secret());
            require(readable.contains(role.secret()), "postgres cannot read the secret %s", role.secret());
        }
        require(
                script.contains("CREATE DATABASE gatehouse OWNER " + DatabaseRole.OWNER.role() + "'"),
                "the database is not the owner's");
    }

    private void service(Service service) {
        requireAll(service, "secret", service.secrets(), compose.secrets()::containsKey);
        requireAll(service, "network", service.networks(), compose.networks()::containsKey);
        requireAll(service, "service", service.dependsOn().keySet(), compose.services()::containsKey);
        for (String[] volume : service.volumes()) {
            boolean isPath = volume[0].startsWith(".");
            require(
                    isPath ? repository.has(volume[0]) : compose.volumes().containsKey(volume[0]),
                    "%s mounts %s, which is not there",
                    service.name(),
                    volume[0]);
        }
        service.environment().forEach((name, value) -> {
            String path = Objects.toString(value);
            require(
                    !name.endsWith("_FILE")
                            || service.secrets().stream().anyMatch(secret -> path.equals("/run/secrets/" + secret)),
                    "%s of %s is no secret of its: %s",
                    name,
                    service.name(),
                    path);
        });
        service.dependsOn().forEach((name, condition) -> {
            require(
                    Service.map(condition).containsValue("service_healthy"),
                    "%s does not wait for the health of %s",
                    service.name(),
                    name);
        });
        require(service.hasHealthCheck() || !service.build().isEmpty(), "%s has no health check", service.name());
    }

    private void application(Application application) {
        Service service = compose.service(application.service);
        String path = Objects.toString(service.build().get("dockerfile"));
        if (!Objects.toString(service.build().get("context")).equals(".") || !repository.has(path)) {
            faults.add("%s cannot be built from %s".formatted(service.name(), path));
            return;
        }
        ContainerFile file = ContainerFile.parse(repository.text(path));
        Set<String> arguments = file.arguments();
        requireAll(service, "argument", service.buildArguments().keySet(), arguments::contains);
        requireAll(service, "argument", file.variables(), arguments::contains);
        requireAll(service, "module", file.modules(), this::isModule);
        file.copied().forEach(copied -> require(isThere(copied.source()), "nothing builds %s", copied.source()));
        require(
                file.copied().stream().anyMatch(copied -> copied.target().equals(file.jar())),
                "%s runs %s, which is not copied",
                path,
                file.jar());
        properties(application, service);
        ports(application, service, file);
        paths(service, file);
    }

    private void properties(Application application, Service service) {
        Set<String> bound = PropertyRecords.of(repository, application.sources);
        Set<String> documented = documented(repository);
        for (String property : service.properties().keySet()) {
            require(documented.contains(property), "docs/configuration.md has no %s", property);
            boolean isPlaceholder = property.equals("gatehouse.secrets-directory")
                    && repository
                            .text("gateway/app/src/main/resources/application.yaml")
                            .contains("configtree:${" + property + "}/");
            require(bound.contains(property) || isPlaceholder, "%s does not read %s", service.name(), property);
        }
    }

    /** The properties that {@code docs/configuration.md} has a row for. */
    static Set<String> documented(Repository repository) {
        return ROW.matcher(repository.text("docs/configuration.md"))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }

    private void ports(Application application, Service service, ContainerFile file) {
        String port = service.property(application.listening + ".port");
        require(service.property(application.listening + ".address").equals("0.0.0.0"), "%s is closed", service.name());
        require(file.exposed().equals(port), "%s listens on %s and exposes %s", service.name(), port, file.exposed());
        require(file.healthPort().equals(port), "the health check of %s asks %s", service.name(), file.healthPort());
        for (String published : service.ports()) {
            require(published.endsWith(":" + port), "%s listens on %s, not on %s", service.name(), port, published);
        }
        boolean known = repository.sources(application.sources).stream()
                .anyMatch(source -> repository.text(source).contains('"' + file.healthPath() + '"'));
        require(known, "%s does not answer %s", service.name(), file.healthPath());
    }

    /** Paths of the image that the command names: copied into it, or mounted. */
    private void paths(Service service, ContainerFile file) {
        require(
                service.properties().entrySet().stream()
                        .filter(property -> property.getKey().endsWith("secrets-directory"))
                        .allMatch(property -> property.getValue().equals("/run/secrets")),
                "%s looks for its secrets elsewhere",
                service.name());
        service.properties().values().stream()
                .filter(value -> value.startsWith("/") && !value.equals("/run/secrets"))
                .forEach(value -> require(
                        isCopied(file, value) || isMounted(service, value), "%s has no %s", service.name(), value));
    }

    private boolean isCopied(ContainerFile file, String path) {
        return file.copied().stream()
                .filter(copied -> (path + "/").startsWith(copied.target() + "/"))
                .map(copied -> copied.source() + path.substring(copied.target().length()))
                .anyMatch(this::isThere);
    }

    private static boolean isMounted(Service service, String path) {
        return service.volumes().stream().anyMatch(volume -> (path + "/").startsWith(volume[1] + "/"));
    }

    /** Whether a path is in the repository or what the poms make of it. */
    private boolean isThere(String source) {
        int target = source.indexOf("/target/");
        if (target < 0) {
            return repository.has(source);
        }
        String pom = repository.text(source.substring(0, target) + "/pom.xml");
        String made = source.substring(target + "/target/".length());
        return switch (made) {
            case "lib" ->
                pom.contains("<artifactId>maven-dependency-plugin</artifactId>")
                        && repository.text("pom.xml").contains("<outputDirectory>${project.build.directory}/lib<");
            case "native/lib" -> pom.contains("<argument>${project.build.directory}/native</argument>");
            default -> made.endsWith(".jar") && pom.contains("<finalName>" + made.replaceFirst("\\.jar$", "") + "<");
        };
    }

    private boolean isModule(String module) {
        return repository.text("pom.xml").contains("<module>" + module + "</module>");
    }

    private void urls() {
        Service gateway = compose.service(Application.GATEWAY.service);
        Service worker = compose.service(Application.WORKER.service);
        String gatewayUrl = gateway.name() + ":" + gateway.property("gatehouse.edge.port");
        String workerUrl = worker.name() + ":" + worker.property("gatehouse.worker.node.port");
        Map<String, List<String>> wanted = Map.of(
                gatewayUrl,
                worker.authorities("gatehouse.worker.node.gateways"),
                workerUrl,
                worker.authorities("gatehouse.worker.node.url"),
                "postgres:5432",
                gateway.authorities("gatehouse.database.url"));
        wanted.forEach((authority, named) ->
                require(named.equals(List.of(authority)), "%s is where it listens, not %s", authority, named));
        require(gateway.property("gatehouse.database.url").endsWith("/gatehouse"), "the database is called gatehouse");
    }

    private void requireAll(Service service, String kind, Iterable<String> names, Predicate<String> known) {
        names.forEach(
                name -> require(known.test(name), "%s names the %s %s, which is unknown", service.name(), kind, name));
    }

    private void require(boolean holds, String otherwise, Object... arguments) {
        if (!holds) {
            faults.add(otherwise.formatted(arguments));
        }
    }

    private static boolean word(String text, String word) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w.-])")
                .matcher(text)
                .find();
    }
}
