package dev.gatehouse.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToChatTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"system\":\"S\"                              | \"messages\":[{\"role\":\"system\",\"content\":\"S\"}]",
                "\"system\":[{\"type\":\"text\",\"text\":\"S\"},{\"type\":\"text\",\"text\":\"T\"}]"
                        + "| \"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"},{\"type\":\"text\",\"text\":\"T\"}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":\"U\"}] | \"messages\":[{\"role\":\"user\",\"content\":\"U\"}]",
                "\"messages\":[{\"role\":\"system\",\"content\":\"S\"}] | \"messages\":[{\"role\":\"system\",\"content\":\"S\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"i\",\"content\":\"R\"},{\"type\":\"text\",\"text\":\"U\"}]}]"
                        + "| \"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"i\",\"content\":\"R\"},{\"role\":\"user\",\"content\":\"U\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"i\",\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"R\"}]}]}]"
                        + "| \"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"i\",\"content\":\"Error: R\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"i\"}]}]"
                        + "| \"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"i\",\"content\":\"\"}]",
                "\"messages\":[{\"content\":[{\"thinking\":\"T\",\"type\":\"thinking\",\"signature\":\"s\"},{\"type\":\"redacted_thinking\",\"data\":\"d\"},"
                        + "{\"type\":\"text\",\"text\":\"A\"},{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"n\",\"input\":{\"a\": 1.0}}],\"role\":\"assistant\"}]"
                        + "| \"messages\":[{\"role\":\"assistant\",\"content\":\"A\",\"reasoning_content\":\"T\",\"tool_calls\":"
                        + "[{\"id\":\"i\",\"type\":\"function\",\"function\":{\"name\":\"n\",\"arguments\":\"{\\\"a\\\": 1.0}\"}}]}]",
                "\"tools\":[{\"name\":\"n\",\"description\":\"d\",\"strict\":true,\"input_schema\":{\"type\": \"object\"},\"cache_control\":{\"type\":\"ephemeral\"}}]"
                        + "| \"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"n\",\"description\":\"d\",\"parameters\":{\"type\": \"object\"},\"strict\":true}}]",
                "\"tool_choice\":{\"type\":\"auto\"}         | \"messages\":[],\"tool_choice\":\"auto\"",
                "\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true} | \"messages\":[],\"tool_choice\":\"required\",\"parallel_tool_calls\":false",
                "\"tool_choice\":{\"type\":\"none\"}         | \"messages\":[],\"tool_choice\":\"none\"",
                "\"tool_choice\":{\"type\":\"tool\",\"name\":\"n\"} | \"messages\":[],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"n\"}}",
                "\"thinking\":{\"type\":\"disabled\"}        | \"messages\":[],\"chat_template_kwargs\":{\"enable_thinking\":false}",
                "\"thinking\":{\"type\":\"adaptive\"}        | \"messages\":[],\"chat_template_kwargs\":{\"enable_thinking\":true}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048} | \"messages\":[],\"chat_template_kwargs\":{\"enable_thinking\":true},\"thinking_budget_tokens\":2048",
                "\"stop_sequences\":[\"a\",\"b\"]            | \"messages\":[],\"stop\":[\"a\",\"b\"]",
                "\"max_tokens\":9,\"temperature\":0.50,\"top_p\":1,\"top_k\":5 | \"messages\":[],\"max_tokens\":9,\"temperature\":0.50,\"top_p\":1,\"top_k\":5",
                "\"top_k\":0,\"top_p\":null                  | \"messages\":[]",
                "\"n\":5,\"logprobs\":true,\"metadata\":{\"user_id\":\"x\"},\"stream\":true | \"messages\":[]",
            })
    void saysTheSameInTheOtherDialect(String members, String translated) {
        String asked = "{\"model\":\"m\"," + members.strip() + "}";
        assertThat(new String(new ToChat().translate(asked.getBytes(UTF_8)), UTF_8))
                .isEqualTo("{\"model\":\"m\"," + translated.strip() + "}");
    }
}
