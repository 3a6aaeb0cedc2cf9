package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.dialect.StreamedAnswer;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A streamed message. Its usage comes with its end, when the node has told it; at its start all of it is 0. */
final class MessageStream extends StreamedAnswer {

    private final Envelope envelope;
    private final BlockEvents blocks = new BlockEvents();
    private boolean begun;

    MessageStream(Visitor visitor, AnthropicErrors errors, Ask ask) {
        super(visitor, errors);
        this.envelope = Envelope.of(visitor.id(), ask.work().model());
    }

    @Override
    public void spans(List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 * spans.size());
        begin(out);
        for (Span span : spans) {
            span.deltas().forEach(delta -> blocks.delta(out, delta));
        }
        write(out);
    }

    @Override
    public void end(Reason reason, Usage usage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        begin(out);
        blocks.close(out);
        Events.write(out, "message_delta", json -> {
            json.writeObjectPropertyStart("delta");
            Ends.reason(json, reason);
            json.writeEndObject();
            Ends.usage(json, usage);
            Ends.stop(json, reason);
        });
        Events.write(out, "message_stop", json -> {});
        finish(out);
    }

    private void begin(ByteArrayOutputStream out) {
        if (begun) {
            return;
        }
        begun = true;
        Events.write(out, "message_start", json -> {
            json.writeObjectPropertyStart("message");
            envelope.write(json);
            json.writeArrayPropertyStart("content");
            json.writeEndArray();
            Ends.unknown(json);
            Ends.usage(json, Usage.NONE);
            json.writeEndObject();
        });
    }
}
