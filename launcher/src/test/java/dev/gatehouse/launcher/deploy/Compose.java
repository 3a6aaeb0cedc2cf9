package dev.gatehouse.launcher.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docker-compose.yml} where the environment sets nothing.
 *
 * @param text as it is written
 * @param secrets the file of each
 */
record Compose(
        String text,
        Map<String, Service> services,
        Map<String, String> secrets,
        Map<String, Object> volumes,
        Map<String, Object> networks) {

    static final String FILE = "docker-compose.yml";

    private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]+)}");

    static Compose read(Repository repository) {
        String text = repository.text(FILE);
        Map<String, Object> all = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(DEFAULT.matcher(text).replaceAll("$1"));
        Map<String, Service> services = new LinkedHashMap<>();
        Service.map(all.get("services"))
                .forEach((name, service) -> services.put(name, new Service(name, Service.map(service))));
        Map<String, String> secrets = new LinkedHashMap<>();
        Service.map(all.get("secrets"))
                .forEach((name, secret) ->
                        secrets.put(name, Objects.toString(Service.map(secret).get("file"))));
        return new Compose(text, services, secrets, Service.map(all.get("volumes")), Service.map(all.get("networks")));
    }

    Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new AssertionError("no service " + name);
        }
        return service;
    }
}
