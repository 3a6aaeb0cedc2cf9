package dev.gatehouse.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one installation with the bundled model, shared by all of them and stopped after the last. */
final class Stacks implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Stacks.class))
                .computeIfAbsent("bundled", key -> start(), Stack.class);
    }

    private static Stack start() {
        try {
            return Stack.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
