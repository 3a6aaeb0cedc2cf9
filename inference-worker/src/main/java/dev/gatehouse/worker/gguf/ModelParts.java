package dev.gatehouse.worker.gguf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model that lies in several files: {@code NAME-00001-of-00003.gguf} and so on, of which the first is named. */
public final class ModelParts {

    private static final Pattern NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

    private ModelParts() {}

    /**
     * The files after the first one; none for a model in one file.
     *
     * @throws GgufException the head says that there are several, and the name does not say which this is, or not the first
     */
    public static List<Path> others(Path file, Gguf head) throws GgufException {
        long count = head.whole("split.count").orElse(1L);
        if (count <= 1) {
            return List.of();
        }
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || Integer.parseInt(name.group(2)) != 1 || Integer.parseInt(name.group(3)) != count) {
            throw new GgufException("it is one of " + count
                    + " files of a model: name the first, NAME-00001-of-%05d.gguf".formatted(count));
        }
        List<Path> others = new ArrayList<>();
        for (int part = 2; part <= count; part++) {
            others.add(file.resolveSibling(
                    String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", name.group(1), part, count)));
        }
        return others;
    }
}
