package dev.gatehouse.worker.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'object'}",
                "{'title':'t','description':'d','type':['string','null'],'maxLength':3}",
                "{'type':'object','properties':{'a':{'type':'integer','minimum':-1,'exclusiveMaximum':5}},'required':['a'],'additionalProperties':false}",
                "{'type':'object','additionalProperties':{'type':'number'}}",
                "{'type':'array','items':{'anyOf':[{'type':'boolean'},{'type':'null'}]},'minItems':1,'maxItems':2}",
                "{'type':'string','enum':['a','b']}",
                "{'const':{'any':[1]}}",
                "{'type':'string','format':'date-time'}",
                "{'type':'string','pattern':'^(?:[A-Z]{2}|x-)[0-9a-f]{1,8}\\\\.?y*$'}",
                "{'$defs':{'tree':{'type':'object','properties':{'left':{'$ref':'#/$defs/tree'}}}},'$ref':'#/$defs/tree'}",
            })
    void takesWhatAGrammarHolds(String schema) {
        assertThatCode(() -> SchemaRules.check(member(schema))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'oneOf':[{}]}                                      | s.oneOf",
                "{'allOf':[{}]}                                      | s.allOf",
                "{'not':{}}                                          | s.not",
                "{'type':'object','properties':{},'if':{}}           | s.if",
                "{'type':'object','patternProperties':{}}            | s.patternProperties",
                "{'type':'object','minProperties':1}                 | s.minProperties",
                "{'type':'object','required':['a']}                  | s.required[0]",
                "{'type':'object','properties':{'a':true}}           | s.properties.a",
                "{'type':'object','properties':{'a':{'type':'number','minimum':1}}} | s.properties.a.minimum",
                "{'type':'object','additionalProperties':{'multipleOf':2}} | s.additionalProperties.multipleOf",
                "{'type':'integer','multipleOf':2}                   | s.multipleOf",
                "{'type':'integer','minimum':1.5}                    | s.minimum",
                "{'type':'integer','minimum':1,'exclusiveMinimum':0} | s.exclusiveMinimum",
                "{'type':'array','minItems':1}                       | s.items",
                "{'type':'array','items':{},'uniqueItems':true}      | s.uniqueItems",
                "{'type':'array','items':[{}]}                       | s.items",
                "{'type':'array','items':{},'maxItems':1001}         | s.maxItems",
                "{'type':'array','items':{},'minItems':3,'maxItems':2} | s.maxItems",
                "{'type':'array','prefixItems':[{}]}                 | s.prefixItems",
                "{'type':'string','format':'email'}                  | s.format",
                "{'type':'string','pattern':'^a$','maxLength':1}     | s.maxLength",
                "{'type':'string','maxLength':1001}                  | s.maxLength",
                "{'minLength':1}                                     | s.minLength",
                "{'type':'text'}                                     | s.type",
                "{'type':'string','enum':['a',1]}                    | s.enum[1]",
                "{'enum':[]}                                         | s.enum",
                "{'anyOf':[{'type':'string'},{'not':{}}]}            | s.anyOf[1].not",
                "{'anyOf':[{}],'type':'object'}                      | s.type",
                "{'$ref':'https://example.org/a'}                    | s.$ref",
                "{'$ref':'#'}                                        | s.$ref",
                "{'$ref':'#/$defs/a'}                                | s.$ref",
                "{'$defs':{'a':{'not':{}}}}                          | s.$defs.a.not",
            })
    void namesWhatItCanNotHold(String schema, String param) {
        assertThat(refusal(schema).param()).isEqualTo(param);
        assertThat(refusal(schema).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "^a",
                "a$",
                "^$",
                "^.*$",
                "^[^a]$",
                "^\\\\d+$",
                "^[\\\\d]$",
                "^(?=a)b$",
                "^a^b$",
                "^(a$",
                "^a)$",
                "^[a$",
                "^a{1001}$",
                "^*$",
                "^a||b$",
                "^[ -~]$",
                "^[z-a]$",
                "^a\\\\$",
                "^a{$",
                "^\\\"$",
            })
    void refusesAPatternThatAGrammarWouldWiden(String pattern) {
        assertThat(refusal("{'type':'string','pattern':'" + pattern + "'}").param())
                .isEqualTo("s.pattern");
    }

    private static ApiError refusal(String schema) {
        return catchThrowableOfType(ApiException.class, () -> SchemaRules.check(member(schema)))
                .error();
    }

    private static Member member(String json) {
        return new Member("s", JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
