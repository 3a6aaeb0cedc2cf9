package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.access.Actor;
import io.swagger.v3.core.converter.ModelConverters;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code docs/openapi.json} true. */
@Timeout(120)
final class OpenApiTest {

    private static final Path DOCUMENT =
            Path.of("../../docs/openapi.json").toAbsolutePath().normalize();
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theCommittedDocumentIsWhatTheMappingsSay(@TempDir Path secrets, @TempDir Path folder) throws Exception {
        JsonNode now;
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class)
                .replaceWithClass(JsonNode.class, Object.class);
        ModelConverters.getInstance(true).addConverter(new RequiredMembers());
        try (TestDatabase database = TestDatabase.create();
                ConfigurableApplicationContext gateway =
                        GatewayStart.on(database, secrets, "--springdoc.default-flat-param-object=true")) {
            schemasOfTheirOwn(gateway);
            now = complete((ObjectNode) JSON.readTree(document(gateway)));
        }
        assertThat(now.path("openapi").asString()).startsWith("3.1");
        assertThat(now.path("paths").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Rule.ALL.stream().map(Rule::path).distinct().toList());
        if (Boolean.getBoolean("gatehouse.openapi.write")) {
            Files.writeString(DOCUMENT, JSON.writeValueAsString(now) + "\n");
        }
        assertThat(committed())
                .as("docs/openapi.json is stale: write it anew with mvn -pl gateway/app -am test -Dtest=OpenApiTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dgatehouse.openapi.write=true")
                .isEqualTo(now);
    }

    /** Two types of one simple name would share a schema, and one of them would be described as the other. */
    private static void schemasOfTheirOwn(ConfigurableApplicationContext gateway) {
        Map<String, Set<Class<?>>> types = new TreeMap<>();
        gateway.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .values()
                .forEach(method -> {
                    note(types, method.getReturnType().getParameterType());
                    for (MethodParameter parameter : method.getMethodParameters()) {
                        if (parameter.hasParameterAnnotation(RequestBody.class)) {
                            note(types, parameter.getParameterType());
                        }
                    }
                });
        assertThat(types.values()).allSatisfy(named -> assertThat(named).hasSize(1));
    }

    private static void note(Map<String, Set<Class<?>>> types, Class<?> type) {
        if (type.isRecord()
                && types.computeIfAbsent(type.getSimpleName(), _ -> new HashSet<>())
                        .add(type)) {
            for (RecordComponent member : type.getRecordComponents()) {
                note(types, ResolvableType.forType(member.getGenericType()).resolve(Object.class));
                for (ResolvableType part :
                        ResolvableType.forType(member.getGenericType()).getGenerics()) {
                    note(types, part.resolve(Object.class));
                }
            }
        }
    }

    /** What mappings do not say: how to sign in, and what problems look like. */
    private static JsonNode complete(ObjectNode document) {
        document.set("info", JSON.readTree("""
                {"title": "Gatehouse administration", "version": "v1",
                 "description": "Tenants, projects, API keys, limits and prices, on the gateway's public port. Amounts of money are decimal numbers as text. A user sees the tenant that it belongs to, or all."}"""));
        document.set("servers", JSON.readTree("""
                [{"url": "/"}]"""));
        document.set("security", JSON.readTree("""
                [{"user": []}, {"session": []}]"""));
        ObjectNode components = (ObjectNode) document.path("components");
        components.set("securitySchemes", JSON.readTree("""
                {"user": {"type": "http", "scheme": "basic"},
                 "session": {"type": "apiKey", "in": "cookie", "name": "gatehouse",
                             "description": "Made by POST /session; __Host-gatehouse over TLS. Whatever changes something sends the value of the cookie XSRF-TOKEN as the header X-XSRF-TOKEN too."}}"""));
        ((ObjectNode) components.path("schemas")).set("Problem", JSON.readTree("""
                {"type": "object", "description": "RFC 9457, with a stable code", "required": ["title", "status", "detail", "code"],
                 "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                                "detail": {"type": "string"}, "instance": {"type": "string"}, "code": {"type": "string"}}}"""));
        ((ObjectNode) components.path("schemas")).remove("SseEmitter");
        ((ObjectNode) document.at(
                        "/paths/~1api~1admin~1v1~1requests~1live/get/responses/200/content/text~1event-stream"))
                .set("schema", JSON.readTree("""
                {"type": "string"}"""));
        ((ObjectNode) document.path("paths")).set(Rule.ROOT + "/playground/chat/completions", JSON.readTree("""
                {"post": {"operationId": "chatInPlayground", "tags": ["playground"],
                  "description": "A chat completion, as OpenAI has it, of the user's console key. Errors are OpenAI's too. Its answer says in x-request-id which request it is; a stream ends with a chunk that tells its usage.",
                  "parameters": [{"name": "gatehouse-project", "in": "header", "required": false,
                    "description": "The project that pays; the only one that the user may use if it is missing",
                    "schema": {"type": "string", "format": "uuid"}}],
                  "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
                  "responses": {
                    "200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}, "text/event-stream": {"schema": {"type": "string"}}}},
                    "default": {"description": "An error, as OpenAI has it", "content": {"application/json": {"schema": {"type": "object"}}}}}}}"""));
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                ObjectNode responses = (ObjectNode) operation.path("responses");
                if (responses.has("default")) {
                    continue;
                }
                responses.set("default", JSON.readTree("""
                        {"description": "A problem",
                         "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}"""));
            }
        }
        return document;
    }

    private static JsonNode committed() throws IOException {
        return JSON.readTree(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "{}");
    }

    private static String document(ConfigurableApplicationContext gateway) throws Exception {
        byte[] document = gateway.getBean(OpenApiWebMvcResource.class)
                .openapiJson(new MockHttpServletRequest("GET", "/v3/api-docs"), "/v3/api-docs", Locale.ROOT);
        return new String(document, StandardCharsets.UTF_8);
    }
}
