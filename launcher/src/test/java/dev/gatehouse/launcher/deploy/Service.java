package dev.gatehouse.launcher.deploy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One service of the compose file.
 *
 * @param members as YAML gives them
 */
record Service(String name, Map<String, Object> members) {

    /** The properties of its command. */
    Map<String, String> properties() {
        return strings("command").stream()
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The value of a property of its command; empty when it is not there. */
    String property(String property) {
        return properties().getOrDefault(property, "");
    }

    /** Host and port of each URL in a property of its command. */
    List<String> authorities(String property) {
        return Arrays.stream(property(property).split(","))
                .map(url -> URI.create(url.replaceFirst("^jdbc:", "")).getAuthority())
                .map(String::valueOf)
                .toList();
    }

    List<String> secrets() {
        return strings("secrets");
    }

    List<String> networks() {
        return strings("networks");
    }

    List<String> ports() {
        return strings("ports");
    }

    /** What is mounted: source, target and perhaps more, between colons. */
    List<String[]> volumes() {
        return strings("volumes").stream().map(volume -> volume.split(":")).toList();
    }

    Map<String, Object> environment() {
        return map(members.get("environment"));
    }

    Map<String, Object> build() {
        return map(members.get("build"));
    }

    Map<String, Object> buildArguments() {
        return map(build().get("args"));
    }

    /** The condition on each service that it waits for. */
    Map<String, Object> dependsOn() {
        return map(members.get("depends_on"));
    }

    boolean hasHealthCheck() {
        return !map(members.get("healthcheck")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private List<String> strings(String member) {
        return ((List<?>) members.getOrDefault(member, List.of()))
                .stream().map(Objects::toString).toList();
    }
}
