package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The model a worker loads.
 *
 * @param argument what the worker is given: an absolute path, or {@code echo:}
 */
record Model(String argument) {
    static final String ECHO = "echo:";
    private static final String SUFFIX = ".gguf";
    private static final String MAGIC = "GGUF";
    private static final Pattern QUANTISATION =
            Pattern.compile("-((i?q\\d|tq\\d)\\w*|b?f16|f32|mxfp4\\w*)$", Pattern.CASE_INSENSITIVE);

    /** A model in several files is named after what they have in common, and run by its first. */
    private static final Pattern PART = Pattern.compile("-(\\d{5})-of-\\d{5}$");

    private static final String FIRST = "00001";

    /**
     * Finds the model that {@code wanted} means: {@code echo:}, a file, or a name in one of {@code directories}, which
     * are searched in order for {@code NAME.gguf} and {@code NAME-QUANTISATION.gguf}.
     *
     * @throws Failure listing the names there are, or saying why the file cannot be used
     */
    static Model choose(String wanted, List<Path> directories) {
        if (wanted.equals(ECHO)) {
            return new Model(ECHO);
        }
        boolean isFile = wanted.contains("/") || wanted.endsWith(SUFFIX);
        Path file = isFile ? Path.of(wanted).toAbsolutePath().normalize() : named(wanted, directories);
        if (!Files.isRegularFile(file)) {
            throw new Failure(Exit.NOT_FOUND, "there is no model file %s. %s".formatted(file, offer(directories)));
        }
        requireGguf(file);
        return new Model(file.toString());
    }

    private static Path named(String name, List<Path> directories) {
        for (Path directory : directories) {
            List<Path> matching = files(directory).stream()
                    .filter(file -> stem(file).equals(name) || name(file).equals(name))
                    .toList();
            if (matching.size() > 1) {
                throw new Failure(
                        Exit.USAGE,
                        "several files are called %s: choose one with --model FILE among %s".formatted(name, matching));
            }
            if (!matching.isEmpty()) {
                return matching.getFirst();
            }
        }
        throw new Failure(Exit.NOT_FOUND, "there is no model %s. %s".formatted(name, offer(directories)));
    }

    private static void requireGguf(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            String magic = new String(content.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
            if (!magic.equals(MAGIC)) {
                throw new Failure(
                        Exit.USAGE, "%s is not a GGUF file: choose one that is with --model FILE".formatted(file));
            }
        } catch (IOException refused) {
            throw new Failure(
                    Exit.DENIED,
                    "%s cannot be read (%s): correct its rights, or choose another with --model FILE"
                            .formatted(file, refused));
        }
    }

    private static String offer(List<Path> directories) {
        List<String> names = directories.stream()
                .flatMap(directory -> files(directory).stream())
                .map(Model::name)
                .distinct()
                .toList();
        return names.isEmpty()
                ? "Put a GGUF file into %s, or name one with --model FILE".formatted(directories.getFirst())
                : "There are: %s; or name a GGUF file with --model FILE".formatted(String.join(", ", names));
    }

    /** All files of the model that has this name in the directory, and what a pull of them left unfinished. */
    static List<Path> filesOf(String name, Path directory) {
        return listed(directory).stream()
                .filter(file -> file.toString().matches(".*\\.gguf(\\.part|\\.etag)?"))
                .filter(file -> name(file).equals(name) || stem(file).equals(name))
                .toList();
    }

    /** The models in a directory; of one in several files the first. */
    static List<Path> files(Path directory) {
        return listed(directory).stream()
                .filter(file -> file.toString().endsWith(SUFFIX) && isFirst(file))
                .toList();
    }

    private static boolean isFirst(Path file) {
        Matcher part = PART.matcher(bare(file));
        return !part.find() || part.group(1).equals(FIRST);
    }

    private static List<Path> listed(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    /** The file's name without {@code .gguf}, what follows it, and the number of a part. */
    private static String stem(Path file) {
        return PART.matcher(bare(file)).replaceFirst("");
    }

    private static String bare(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf(SUFFIX));
    }

    /** The file's name without suffix and quantisation. */
    static String name(Path file) {
        return QUANTISATION.matcher(stem(file)).replaceFirst("");
    }
}
