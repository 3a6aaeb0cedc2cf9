package dev.gatehouse.launcher.deploy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The properties that an application binds: the components of its {@code @ConfigurationProperties} records. */
final class PropertyRecords {

    private static final Map<String, List<ClassTree>> PARSED = new ConcurrentHashMap<>();

    private final Map<String, ClassTree> records = new HashMap<>();

    private PropertyRecords() {}

    /** Names as {@code docs/configuration.md} writes them, of the application whose sources lie in {@code folder}. */
    static Set<String> of(Repository repository, String folder) {
        PropertyRecords found = new PropertyRecords();
        repository.sources(folder).stream()
                .map(repository::text)
                .filter(source -> source.contains("record "))
                .flatMap(source -> PARSED.computeIfAbsent(source, PropertyRecords::parse).stream())
                .forEach(type -> found.records.put(type.getSimpleName().toString(), type));
        Set<String> properties = new TreeSet<>();
        for (ClassTree type : found.records.values()) {
            prefix(type).ifPresent(prefix -> found.collect(prefix, type, properties));
        }
        return properties;
    }

    /** The records of a source file. */
    private static List<ClassTree> parse(String source) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
            List<ClassTree> records = new ArrayList<>();
            new TreeScanner<Void, List<ClassTree>>() {
                @Override
                public Void visitClass(ClassTree type, List<ClassTree> into) {
                    if (type.getKind() == Tree.Kind.RECORD) {
                        into.add(type);
                    }
                    return super.visitClass(type, into);
                }
            }.scan(task.parse(), records);
            return records;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void collect(String prefix, ClassTree type, Set<String> properties) {
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree component
                    && !component.getModifiers().getFlags().contains(Modifier.STATIC)) {
                String name = prefix + "." + kebab(component.getName().toString());
                ClassTree nested = records.get(component.getType().toString());
                if (nested == null) {
                    properties.add(name);
                } else {
                    collect(name, nested, properties);
                }
            }
        }
    }

    private static Optional<String> prefix(ClassTree type) {
        return type.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("ConfigurationProperties"))
                .map(AnnotationTree::getArguments)
                .flatMap(List::stream)
                .map(AssignmentTree.class::cast)
                .filter(argument -> argument.getVariable().toString().equals("prefix"))
                .map(argument -> (String) ((LiteralTree) argument.getExpression()).getValue())
                .findAny();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
