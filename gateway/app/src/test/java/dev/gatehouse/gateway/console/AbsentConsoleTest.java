package dev.gatehouse.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import tools.jackson.databind.json.JsonMapper;

/** A gateway on whose class path the console is not. */
final class AbsentConsoleTest {

    private static final String INDEX = "META-INF/resources/console/index.html";

    @EnableWebMvc
    static final class Servlets {}

    @Test
    void saysThatTheConsoleIsNotThere() {
        new WebApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(new ClassPathResource(INDEX)))
                .withUserConfiguration(Servlets.class, ConsoleFiles.class)
                .run(context -> {
                    for (String path : new String[] {"/console/", "/console/requests", "/console/assets/a.js"}) {
                        MockHttpServletResponse answer = get(context, path);
                        assertThat(answer.getStatus()).as(path).isEqualTo(404);
                        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
                        assertThat(JsonMapper.shared()
                                        .readTree(answer.getContentAsString())
                                        .path("code")
                                        .asString())
                                .isEqualTo("console_absent");
                    }
                    assertThat(get(context, "/").getRedirectedUrl()).isEqualTo("/console/");
                });
    }

    private static MockHttpServletResponse get(WebApplicationContext context, String path) {
        return MockMvcTester.from(context).get().uri(path).exchange().getResponse();
    }
}
