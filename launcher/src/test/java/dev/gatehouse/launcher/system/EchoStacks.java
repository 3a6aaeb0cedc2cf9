package dev.gatehouse.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one installation with the echo engine, which plays what a request scripts. */
final class EchoStacks implements ParameterResolver {

    static final String MODEL = "echo";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(EchoStacks.class))
                .computeIfAbsent("echo", key -> start(), Stack.class);
    }

    private static Stack start() {
        try {
            return Stack.start("--model", "echo:");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
