package dev.gatehouse.gateway.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTests {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final OpenAiErrors errors = new OpenAiErrors(Clock.fixed(NOW, ZoneOffset.UTC));

    /** Clients are written against this table: a change of a row breaks them. */
    @Test
    void everyCodeHasItsStatusAndItsType() {
        String table = Arrays.stream(Code.values())
                .map(code -> code.wire() + " " + Client.ERRORS.status(code).code() + " " + type(code))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(table).isEqualTo("""
                missing_api_key 401 invalid_request_error
                invalid_api_key 401 invalid_request_error
                revoked_api_key 401 invalid_request_error
                expired_api_key 401 invalid_request_error
                model_not_permitted 403 invalid_request_error
                endpoint_not_permitted 403 invalid_request_error
                address_not_permitted 403 invalid_request_error
                not_signed_in 401 invalid_request_error
                not_permitted 403 invalid_request_error
                invalid_json 400 invalid_request_error
                invalid_type 400 invalid_request_error
                invalid_value 400 invalid_request_error
                missing_required_parameter 400 invalid_request_error
                unsupported_value 400 invalid_request_error
                context_length_exceeded 400 invalid_request_error
                invalid_request 400 invalid_request_error
                request_too_large 413 invalid_request_error
                request_timeout 408 invalid_request_error
                model_not_found 404 invalid_request_error
                path_not_found 404 invalid_request_error
                method_not_allowed 405 invalid_request_error
                rate_limit_exceeded 429 rate_limit_error
                budget_exceeded 429 rate_limit_error
                too_many_sign_ins 429 rate_limit_error
                content_policy 400 invalid_request_error
                no_healthy_node 503 server_error
                node_busy 503 server_error
                upstream_lost 502 server_error
                upstream_failed 502 server_error
                deadline_exceeded 504 server_error
                audit_unavailable 503 server_error
                database_unavailable 503 server_error
                overloaded 503 server_error
                shutting_down 503 server_error
                internal_error 500 server_error
                """);
    }

    @Test
    void namesTheMemberThatIsWrong() {
        assertThat(new String(Client.ERRORS.body(Client.ID, Problem.at(Code.INVALID_VALUE, "n", "say \"1\"")), UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"say \\\"1\\\"\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":\"invalid_value\"}}");
    }

    @Test
    void namesNoMemberWhenItIsNone() {
        assertThat(new String(Client.ERRORS.body(Client.ID, Problem.of(Code.INTERNAL, "x")), UTF_8))
                .contains("\"param\":null");
    }

    @Test
    void anAnswerSaysWhichRequestItIsOfAndHowLongItIs() {
        AggregatedHttpResponse answer = Client.answered(
                connection -> Client.ERRORS.send(connection, Client.ID, Problem.of(Code.NODE_BUSY, "tröstlich")));
        assertThat(answer.headers().get("x-request-id")).isEqualTo(Client.ID.toString());
        assertThat(answer.headers().contentLength()).isEqualTo(answer.content().length());
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(answer.headers().contains("retry-after")).isFalse();
        assertThat(answer.headers().contains("www-authenticate")).isFalse();
    }

    @Test
    void aRequestThatNoServiceSawGetsAnIdOfItsOwn() {
        String id =
                errors.render(Problem.of(Code.PATH_NOT_FOUND, "x")).headers().get("x-request-id");
        assertThat(IntentId.parse(Objects.requireNonNull(id)).at()).isEqualTo(NOW);
    }

    /** A client that waits as long as it is told must not come too early. */
    @ParameterizedTest
    @CsvSource({"PT0S,1", "PT0.001S,1", "PT1S,1", "PT1.000000001S,2", "PT1.001S,2", "PT59.5S,60", "PT60S,60"})
    void roundsTheTimeToWaitUp(Duration after, String seconds) {
        AggregatedHttpResponse answer = errors.render(Problem.later(Code.RATE_LIMITED, after, "later"));
        assertThat(answer.headers().get("retry-after")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @EnumSource(names = "KEY_.*", mode = EnumSource.Mode.MATCH_ALL)
    void saysHowToAuthenticateWhereThatIsWhatIsMissing(Code code) {
        assertThat(errors.render(Problem.of(code, "x")).headers().get("www-authenticate"))
                .isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1/chat/completions"})
    void answersForAllPathsOfTheDialect(String path) {
        assertThat(errors.covers(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v10", "/v2/models", "/health/live", "/node/v1/nodes/a", "/?/v1/"})
    void answersForNoOtherPath(String path) {
        assertThat(errors.covers(path)).isFalse();
    }

    private static String type(Code code) {
        String body = new String(Client.ERRORS.body(Client.ID, Problem.of(code, "x")), UTF_8);
        return body.replaceAll(".*\"type\":\"([^\"]*)\".*", "$1");
    }
}
