package dev.gatehouse.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicErrorsTests {

    /** Clients are written against this table: a change of a row breaks them. */
    @Test
    void everyCodeHasItsStatusAndItsType() {
        String table = Arrays.stream(Code.values())
                .map(code -> code.wire() + " " + Client.ERRORS.status(code).code() + " " + AnthropicErrors.type(code))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(table).isEqualTo("""
                missing_api_key 401 authentication_error
                invalid_api_key 401 authentication_error
                revoked_api_key 401 authentication_error
                expired_api_key 401 authentication_error
                model_not_permitted 403 permission_error
                endpoint_not_permitted 403 permission_error
                address_not_permitted 403 permission_error
                not_signed_in 401 authentication_error
                not_permitted 403 permission_error
                invalid_json 400 invalid_request_error
                invalid_type 400 invalid_request_error
                invalid_value 400 invalid_request_error
                missing_required_parameter 400 invalid_request_error
                unsupported_value 400 invalid_request_error
                context_length_exceeded 400 invalid_request_error
                invalid_request 400 invalid_request_error
                request_too_large 413 request_too_large
                request_timeout 408 invalid_request_error
                model_not_found 404 not_found_error
                path_not_found 404 not_found_error
                method_not_allowed 405 invalid_request_error
                rate_limit_exceeded 429 rate_limit_error
                budget_exceeded 429 rate_limit_error
                too_many_sign_ins 429 rate_limit_error
                content_policy 400 invalid_request_error
                no_healthy_node 529 overloaded_error
                node_busy 529 overloaded_error
                upstream_lost 500 api_error
                upstream_failed 500 api_error
                deadline_exceeded 504 timeout_error
                audit_unavailable 503 api_error
                database_unavailable 503 api_error
                overloaded 529 overloaded_error
                shutting_down 503 api_error
                internal_error 500 api_error
                """);
    }

    @Test
    void theMessageNamesTheMemberThatIsWrong() {
        assertThat(body(Problem.at(Code.UNSUPPORTED, "/messages/0/content/1", "No images.")))
                .contains("\"message\":\"/messages/0/content/1: No images.\"");
        assertThat(body(Problem.at(Code.INVALID_VALUE, "top_k", "'top_k' is odd.")))
                .contains("\"message\":\"'top_k' is odd.\"");
    }

    @Test
    void saysWhenToTryAgain() {
        assertThat(Client.ERRORS
                        .answer(Client.ID, Problem.later(Code.RATE_LIMITED, Duration.ofMillis(1500), "later"))
                        .headers()
                        .get("retry-after"))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/messages/count_tokens"})
    void coversItsOwnPaths(String path) {
        assertThat(Client.ERRORS.covers(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/messagesx", "/v1/chat/completions", "/v1/models"})
    void coversNoOthers(String path) {
        assertThat(Client.ERRORS.covers(path)).isFalse();
    }

    private static String body(Problem problem) {
        return new String(Client.ERRORS.body(Client.ID, problem), UTF_8);
    }
}
