package dev.gatehouse.gateway.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.edge.ConnectionFixture;
import dev.gatehouse.gateway.exchange.Arrival;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for an answer, and reads what a sink makes of it. */
final class Client {

    static final IntentId ID = IntentId.parse("01999999-0000-7000-8000-000000000001");

    static final OpenAiErrors ERRORS = new OpenAiErrors(Clock.systemUTC());

    private static final String REQUEST =
            "{\"model\":\"tiny-moe\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true%s}";

    /** An answer as it came: its headers and the pieces of its body. */
    record Answer(ResponseHeaders headers, List<HttpData> pieces) {

        String text() {
            return String.join("", pieces.stream().map(HttpData::toStringUtf8).toList());
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(text());
        }

        /** The data of its events, without the end mark. */
        List<JsonNode> events() {
            return Arrays.stream(text().split("\n\n"))
                    .map(event -> event.substring("data: ".length()))
                    .filter(data -> !data.equals("[DONE]"))
                    .map(data -> JsonMapper.shared().readTree(data))
                    .toList();
        }
    }

    private Client() {}

    static Answer stream(Consumer<Sink> upstream) {
        return read(upstream, visitor -> new ChatStream(visitor, ERRORS, chat("")));
    }

    static Answer streamWithUsage(Consumer<Sink> upstream) {
        Chat chat = chat(",\"stream_options\":{\"include_usage\":true}");
        return read(upstream, visitor -> new ChatStream(visitor, ERRORS, chat));
    }

    static Answer whole(Consumer<Sink> upstream) {
        return read(upstream, visitor -> new ChatWhole(visitor, ERRORS, chat("")));
    }

    static AggregatedHttpResponse answered(Consumer<Connection> service) {
        Connection connection = connection();
        service.accept(connection);
        return connection.response().aggregate().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Answer read(Consumer<Sink> upstream, Function<Visitor, Sink> sink) {
        Connection connection = connection();
        Caller caller = new Caller(new TenantId(ID.value()), new ProjectId(ID.value()), new KeyId(ID.value()));
        upstream.accept(sink.apply(new Visitor(connection, new Arrival(ID, "127.0.0.1", 0), caller)));
        List<HttpObject> all =
                connection.response().collect().orTimeout(10, TimeUnit.SECONDS).join();
        return new Answer(
                (ResponseHeaders) all.getFirst(),
                all.subList(1, all.size()).stream().map(HttpData.class::cast).toList());
    }

    private static Connection connection() {
        return ConnectionFixture.over(
                ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/v1/chat/completions")));
    }

    private static Chat chat(String members) {
        return ChatReader.read(REQUEST.formatted(members).getBytes(UTF_8));
    }
}
