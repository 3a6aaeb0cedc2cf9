package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.dialect.WholeAnswer;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;

/** A message in one piece, put together from the deltas as they come. */
final class MessageWhole extends WholeAnswer {

    private final Envelope envelope;
    private Content content = new Content();

    MessageWhole(Visitor visitor, AnthropicErrors errors, Ask ask) {
        super(visitor, errors);
        this.envelope = Envelope.of(visitor.id(), ask.work().model());
    }

    @Override
    public void spans(List<Span> spans) {
        for (Span span : spans) {
            span.deltas().forEach(content::add);
        }
    }

    @Override
    public boolean restart() {
        content = new Content();
        return true;
    }

    @Override
    protected byte[] body(Reason reason, Usage usage) {
        return Json.object(json -> {
            envelope.write(json);
            content.write(json);
            Ends.reason(json, reason);
            Ends.usage(json, usage);
            Ends.stop(json, reason);
        });
    }
}
