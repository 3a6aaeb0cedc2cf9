package dev.gatehouse.gateway.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Says that the console is not there, in a gateway that was built without it. */
final class AbsentConsole extends SimpleUrlHandlerMapping {

    private static final byte[] PROBLEM = """
            {"title":"Not Found","status":404,"code":"console_absent",\
            "detail":"This gateway was built without the console: build it with the module admin-ui, or use the administration at /api/admin/v1."}\
            """.getBytes(StandardCharsets.UTF_8);

    AbsentConsole(boolean absent) {
        super(
                absent ? Map.of(ConsoleFiles.ROOT + "**", (HttpRequestHandler) AbsentConsole::answer) : Map.of(),
                Ordered.LOWEST_PRECEDENCE - 1);
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(PROBLEM);
    }
}
