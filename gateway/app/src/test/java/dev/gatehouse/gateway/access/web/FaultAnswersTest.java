package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

final class FaultAnswersTest {

    @Test
    void saysThatTheDatabaseIsAwayWhenAUserCannotBeLookedUp() throws Exception {
        FilterChain away = (request, response) -> {
            throw new Fault(Problem.later(Code.DATABASE_UNAVAILABLE, Duration.ofSeconds(1), "It is away."));
        };
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new FaultAnswers(new Refusals(JsonMapper.shared())).doFilter(new MockHttpServletRequest(), answer, away);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getHeader("retry-after")).isEqualTo("1");
        assertThat(answer.getContentAsString()).contains("database_unavailable", "It is away.");
    }
}
