package dev.gatehouse.worker.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {

    private static final Model MODEL = new Model("m", "echo", "", 1024, 512, 1, 1024);
    private static final String USER = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void readsEverySamplingMember() throws ApiException {
        Sampling sampling = read("{'model':'m'," + USER
                        + ",'temperature':0.5,'top_p':0.9,'top_k':40,'min_p':0.05,'seed':-7,'presence_penalty':-2,"
                        + "'frequency_penalty':2,'repetition_penalty':1.1,'logit_bias':{'5':-100,'511':1.5},"
                        + "'logprobs':true,'top_logprobs':3}")
                .sampling();

        assertThat(sampling.temperature()).hasValue(0.5);
        assertThat(sampling.topP()).hasValue(0.9);
        assertThat(sampling.topK()).hasValue(40);
        assertThat(sampling.minP()).hasValue(0.05);
        assertThat(sampling.seed()).hasValue(-7);
        assertThat(sampling.presencePenalty()).hasValue(-2);
        assertThat(sampling.frequencyPenalty()).hasValue(2);
        assertThat(sampling.repetitionPenalty()).hasValue(1.1);
        assertThat(sampling.logitBias()).containsEntry(5, -100f).containsEntry(511, 1.5f);
        assertThat(sampling.logprobs()).hasValue(3);
    }

    @Test
    void leavesWhatIsAbsentOrNullToTheModel() throws ApiException {
        ChatRequest request =
                read("{'model':'m'," + USER + ",'temperature':null,'stop':null,'max_tokens':null,'logprobs':false}");

        assertThat(request.sampling().temperature()).isEmpty();
        assertThat(request.sampling().logprobs()).isEmpty();
        assertThat(request.maxTokens()).isEmpty();
        assertThat(request.stop()).isEmpty();
        assertThat(request.stream()).isFalse();
    }

    @Test
    void readsTheRest() throws ApiException {
        ChatRequest request = read("{'model':'m'," + USER
                + ",'stop':'END','max_completion_tokens':7,'stream':true,'stream_options':{'include_usage':true}}");

        assertThat(request.stop()).isEqualTo(List.of("END"));
        assertThat(request.maxTokens()).hasValue(7);
        assertThat(request.streamUsage()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'whatever':{'is':['unknown']}",
                "'user':'u','metadata':{},'store':true,'service_tier':'auto'",
                "'tools':[{'type':'function','function':{'name':'add','parameters':{}}}],'tool_choice':'required'",
                "'tools':[{'type':'function','function':{'name':'a'}}],"
                        + "'tool_choice':{'type':'function','function':{'name':'a'}}",
                "'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':{}}}",
                "'n':1,'modalities':['text'],'top_logprobs':null",
                "'temperature':0,'top_p':0,'min_p':1,'logit_bias':{}",
            })
    void takes(String members) throws ApiException {
        assertThat(read("{'model':'m'," + USER + "," + members + "}")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'role':'system','content':'a'}",
                "{'role':'developer','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}",
                "{'role':'user','content':'a','name':'bob'}",
                "{'role':'assistant','content':null,'tool_calls':[{'id':'1','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]}",
                "{'role':'assistant','content':'a','reasoning_content':'b'}",
                "{'role':'tool','tool_call_id':'1','content':'579'}",
                "{'role':'user','content':'\\ud83d\\ude00'}",
            })
    void takesTheMessage(String message) throws ApiException {
        assertThat(read("{'model':'m','messages':[" + message + "]}")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'temperature':2.1               | temperature        | invalid_value",
                "'temperature':-0.1              | temperature        | invalid_value",
                "'temperature':1e999             | temperature        | invalid_value",
                "'temperature':'1'               | temperature        | invalid_type",
                "'temperature':true              | temperature        | invalid_type",
                "'top_p':1.01                    | top_p              | invalid_value",
                "'top_k':0                       | top_k              | invalid_value",
                "'top_k':1.5                     | top_k              | invalid_type",
                "'min_p':2                       | min_p              | invalid_value",
                "'seed':1.5                      | seed               | invalid_type",
                "'seed':99999999999999999999     | seed               | invalid_value",
                "'presence_penalty':2.5          | presence_penalty   | invalid_value",
                "'frequency_penalty':-3          | frequency_penalty  | invalid_value",
                "'repetition_penalty':0          | repetition_penalty | invalid_value",
                "'logit_bias':[]                 | logit_bias         | invalid_type",
                "'logit_bias':{'x':1}            | logit_bias.x       | invalid_value",
                "'logit_bias':{'512':1}          | logit_bias.512     | invalid_value",
                "'logit_bias':{'1':101}          | logit_bias.1       | invalid_value",
                "'logit_bias':{'1':null}         | logit_bias.1       | invalid_type",
                "'logprobs':1                    | logprobs           | invalid_type",
                "'top_logprobs':2                | top_logprobs       | invalid_value",
                "'logprobs':true,'top_logprobs':21 | top_logprobs     | invalid_value",
                "'max_tokens':0                  | max_tokens         | invalid_value",
                "'max_tokens':99999999999        | max_tokens         | invalid_value",
                "'max_completion_tokens':-1      | max_completion_tokens | invalid_value",
                "'max_tokens':1,'max_completion_tokens':2 | max_tokens | invalid_value",
                "'stop':5                        | stop               | invalid_type",
                "'stop':['']                     | stop[0]            | invalid_value",
                "'stop':['a','b','c','d','e']    | stop               | invalid_value",
                "'stop':['a',1]                  | stop[1]            | invalid_type",
                "'n':2                           | n                  | unsupported_value",
                "'n':0                           | n                  | invalid_value",
                "'stream':'yes'                  | stream             | invalid_type",
                "'stream_options':true           | stream_options     | invalid_type",
                "'stream_options':{'include_usage':1} | stream_options.include_usage | invalid_type",
                "'functions':[]                  | functions          | unsupported_value",
                "'function_call':'auto'          | function_call      | unsupported_value",
                "'modalities':['text','audio']   | modalities[1]      | unsupported_value",
                "'audio':{}                      | audio              | unsupported_value",
                "'tools':{}                      | tools              | invalid_type",
                "'tools':[{'type':'retrieval'}]  | tools[0].type      | unsupported_value",
                "'tools':[{'type':'function'}]   | tools[0].function  | missing_required_parameter",
                "'tools':[{'type':'function','function':{'name':'a b'}}] | tools[0].function.name | invalid_value",
                "'tool_choice':'maybe'           | tool_choice        | invalid_value",
                "'tool_choice':'required'        | tool_choice        | invalid_value",
                "'tool_choice':{'type':'function','function':{'name':'f'}} | tool_choice.function.name | invalid_value",
                "'parallel_tool_calls':1         | parallel_tool_calls | invalid_type",
                "'response_format':'json'        | response_format    | invalid_type",
                "'response_format':{'type':'xml'} | response_format.type | unsupported_value",
                "'response_format':{'type':'json_schema'} | response_format.json_schema | missing_required_parameter",
                "'chat_template_kwargs':[]       | chat_template_kwargs | invalid_type",
            })
    void refusesTheMember(String member, String param, String code) {
        ApiError error = refusal("{'model':'m'," + USER + "," + member + "}");

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).isEqualTo(param);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).startsWith(param + " ").endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "5                                       | messages[0]                 | invalid_type",
                "{'content':'a'}                         | messages[0].role            | missing_required_parameter",
                "{'role':'robot','content':'a'}          | messages[0].role            | invalid_value",
                "{'role':'user'}                         | messages[0].content         | missing_required_parameter",
                "{'role':'user','content':null}          | messages[0].content         | invalid_type",
                "{'role':'user','content':5}             | messages[0].content         | invalid_type",
                "{'role':'user','content':[{'type':'image_url'}]} | messages[0].content[0].type | unsupported_value",
                "{'role':'user','content':[{'type':'text'}]} | messages[0].content[0].text | missing_required_parameter",
                "{'role':'user','content':'a','name':1}  | messages[0].name            | invalid_type",
                "{'role':'assistant'}                    | messages[0].content         | missing_required_parameter",
                "{'role':'assistant','tool_calls':[{}]}  | messages[0].tool_calls[0].id | missing_required_parameter",
                "{'role':'assistant','tool_calls':[{'id':'1','type':'x'}]} | messages[0].tool_calls[0].type | unsupported_value",
                "{'role':'tool','content':'a'}           | messages[0].tool_call_id    | missing_required_parameter",
                "{'role':'user','content':'\\ud800'}     | messages[0].content         | invalid_value",
            })
    void refusesTheMessage(String message, String param, String code) {
        ApiError error = refusal("{'model':'m','messages':[" + message + "]}");

        assertThat(error.param()).isEqualTo(param);
        assertThat(error.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                               | invalid_json",
                "[]                             | invalid_json",
                "{'model'                       | invalid_json",
                "{'model':'m'} x                | invalid_json",
                "{'model':'m','model':'m'}      | invalid_json",
                "{'model':NaN}                  | invalid_json",
                "{'a':{'b':1,'b':2}}            | invalid_json",
            })
    void refusesWhatIsNoStrictJson(String body, String code) {
        ApiError error = refusal(body == null ? "" : body);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).doesNotContain("jackson", "StreamReadFeature", "Source");
    }

    @Test
    void takesSixtyFourLevelsAndNoMore() throws ApiException {
        String inside = "[".repeat(63) + "]".repeat(63);

        assertThat(read("{'model':'m'," + USER + ",'x':" + inside + "}")).isNotNull();
        assertThat(refusal("{'model':'m'," + USER + ",'x':[" + inside + "]}").code())
                .isEqualTo("json_too_deep");
    }

    @Test
    void takesChatsOfManyMessagesAndNoFloodOfTinyElements() throws ApiException {
        String message = "{'role':'user','content':'hi'},";
        String chat = "{'model':'m'," + USER.replace("[", "[" + message.repeat(40_000)) + "}";

        assertThat(read(chat)).isNotNull();
        ApiError error = refusal("{'model':'m'," + USER + ",'x':[" + "{},".repeat(Json.MOST_TOKENS / 2) + "1]}");
        assertThat(error.code()).isEqualTo("json_too_long");
        assertThat(error.message()).contains("262144").contains("fewer messages");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin = "{\"model\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_16LE);
        byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
        byte[] cut = {'{', '"', (byte) 0xE2, (byte) 0x82};
        byte[] marked = "\uFEFF{}".getBytes(StandardCharsets.UTF_8);

        for (byte[] body : List.of(latin, wide, overlong, cut, marked)) {
            assertThat(refusal(body).code()).isEqualTo("invalid_utf8");
        }
    }

    @Test
    void takesCharactersOfFourBytesAtTheStart() {
        assertThat(refusal("{'\uD83D\uDE00':1}").code()).isEqualTo("missing_required_parameter");
    }

    @Test
    void refusesAnotherModel() {
        ApiError error = refusal("{'model':'gpt'," + USER + "}");

        assertThat(error.status()).isEqualTo(404);
        assertThat(error.code()).isEqualTo("model_not_found");
        assertThat(error.param()).isEqualTo("model");
    }

    private static ChatRequest read(String json) throws ApiException {
        return ChatRequest.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), MODEL);
    }

    private static ApiError refusal(String json) {
        return refusal(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ApiError refusal(byte[] json) {
        return catchThrowableOfType(ApiException.class, () -> ChatRequest.read(json, MODEL))
                .error();
    }
}
