package dev.gatehouse.launcher.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Dockerfile of two stages: one builds in {@code /src}, the other runs what is copied from there. */
record ContainerFile(String text) {

    private static final String BUILT = "/src/";

    /**
     * Something from the build.
     *
     * @param source from the repository's root
     * @param target an absolute path of the image
     */
    record Copied(String source, String target) {}

    static ContainerFile parse(String text) {
        return new ContainerFile(text.replaceAll("\\\\\n\\s*", " "));
    }

    List<Copied> copied() {
        String workdir = all("(?m)^WORKDIR (\\S+)").getLast().group(1);
        return all("(?m)^COPY --from=build (\\S+) (\\S+)").stream()
                .map(copy -> new Copied(copy.group(1).replaceFirst("^" + BUILT, ""), workdir + "/" + copy.group(2)))
                .toList();
    }

    /** Modules that Maven builds. */
    List<String> modules() {
        return groups("-pl (\\S+)");
    }

    /** The jar that runs, as a path of the image. */
    String jar() {
        return all("(?m)^WORKDIR (\\S+)").getLast().group(1) + "/" + one("(?m)^ENTRYPOINT .*\"-jar\", \"([^\"]+)\"");
    }

    String exposed() {
        return one("(?m)^EXPOSE (\\d+)");
    }

    String healthPort() {
        return one("(?m)^HEALTHCHECK .*/dev/tcp/127\\.0\\.0\\.1/(\\d+)");
    }

    String healthPath() {
        return one("(?m)^HEALTHCHECK .*GET (\\S+) HTTP");
    }

    Set<String> arguments() {
        return Set.copyOf(groups("(?m)^ARG (\\w+)=\\S+"));
    }

    /** What the file uses of its arguments. */
    Set<String> variables() {
        return all("\\$\\{(\\w+)}").stream().map(variable -> variable.group(1)).collect(Collectors.toSet());
    }

    private List<String> groups(String pattern) {
        return all(pattern).stream().map(found -> found.group(1)).toList();
    }

    /** Empty when it is not there, which agrees with nothing. */
    private String one(String pattern) {
        List<String> found = groups(pattern);
        return found.isEmpty() ? "" : found.getFirst();
    }

    private List<MatchResult> all(String pattern) {
        return new ArrayList<>(Pattern.compile(pattern).matcher(text).results().toList());
    }
}
