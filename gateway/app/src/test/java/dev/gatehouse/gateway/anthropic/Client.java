package dev.gatehouse.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for a message, and reads what a sink makes of it. */
final class Client {

    static final IntentId ID = IntentId.parse("01999999-0000-7000-8000-000000000001");
    static final AnthropicErrors ERRORS = new AnthropicErrors(Clock.systemUTC());
    static final Usage USED = new Usage(14, 4, 22, 16, Meters.NONE, true);

    private static final Ask ASK = MessageReader.message(
            "{\"model\":\"tiny-moe\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                    .getBytes(UTF_8));

    /** An answer as it came. */
    record Answer(ResponseHeaders headers, String text) {

        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        /** The data of its events. */
        List<JsonNode> events() {
            return Arrays.stream(text.split("\n\n"))
                    .map(event -> event.substring(event.indexOf("\ndata: ") + 7))
                    .map(data -> JsonMapper.shared().readTree(data))
                    .toList();
        }
    }

    private Client() {}

    static Answer stream(Consumer<Sink> upstream) {
        return read(upstream, visitor -> new MessageStream(visitor, ERRORS, ASK));
    }

    static Answer whole(Consumer<Sink> upstream) {
        return read(upstream, visitor -> new MessageWhole(visitor, ERRORS, ASK));
    }

    static Answer count(Consumer<Sink> upstream) {
        return read(upstream, visitor -> new TokenCount(visitor, ERRORS));
    }

    static Span text(String text) {
        return span(new Delta.Text(Channel.content(0), text));
    }

    static Span thinking(String text) {
        return span(new Delta.Reasoning(Channel.reasoning(0), text));
    }

    static Span call(int index, String id, String name, String arguments) {
        return span(new Delta.ToolCall(Channel.tool(0, index), id, name, arguments));
    }

    static Span span(Delta... deltas) {
        return new Span(1, new int[0], List.of(deltas), "{}".getBytes(UTF_8), true);
    }

    private static Answer read(Consumer<Sink> upstream, Function<Visitor, Sink> sink) {
        Connection connection =
                ConnectionFixture.over(ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/v1/messages")));
        Caller caller = new Caller(new TenantId(ID.value()), new ProjectId(ID.value()), new KeyId(ID.value()));
        upstream.accept(sink.apply(new Visitor(connection, new Arrival(ID, "127.0.0.1", 0), caller)));
        List<HttpObject> all =
                connection.response().collect().orTimeout(10, TimeUnit.SECONDS).join();
        return new Answer(
                (ResponseHeaders) all.getFirst(),
                String.join(
                        "",
                        all.stream()
                                .skip(1)
                                .map(piece -> ((HttpData) piece).toStringUtf8())
                                .toList()));
    }
}
