package dev.gatehouse.gateway.console;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Leads the paths of pages, which the console itself tells apart, to its one document. What has a dot in its last segment is a file, or missing. */
final class ConsolePages extends PathResourceResolver {

    static final String INDEX = "index.html";

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
        return super.getResource(isPage(path) ? INDEX : path, location);
    }

    private static boolean isPage(String path) {
        return path.substring(path.lastIndexOf('/') + 1).indexOf('.') < 0;
    }
}
