package dev.gatehouse.launcher.system;

import dev.gatehouse.bench.model.RandomModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one installation with a generated model: it says noise, in the shape that a request forces on it. */
final class MoeStacks implements ParameterResolver {

    static final String MODEL = "random-moe";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(MoeStacks.class))
                .computeIfAbsent("moe", key -> start(), Stack.class);
    }

    private static Stack start() {
        try {
            Path folder = Files.createTempDirectory("gatehouse-model-");
            Path file = RandomModel.write(folder.resolve(MODEL + ".gguf"), 1);
            file.toFile().deleteOnExit();
            return Stack.start("--model", file.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
