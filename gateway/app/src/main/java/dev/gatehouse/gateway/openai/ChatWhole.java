package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.dialect.WholeAnswer;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;

/** A chat completion in one piece, put together from the deltas as they come. */
final class ChatWhole extends WholeAnswer {

    private Completion completion = new Completion();
    private Envelope envelope;
    private boolean enveloped;

    ChatWhole(Visitor visitor, OpenAiErrors errors, Chat chat) {
        super(visitor, errors);
        this.envelope = Envelope.of(visitor.id(), chat.work().model());
    }

    @Override
    public void spans(List<Span> spans) {
        for (Span span : spans) {
            if (!enveloped) {
                enveloped = true;
                envelope = Envelope.read(span.frame(), envelope);
            }
            span.deltas().forEach(completion::add);
        }
    }

    @Override
    public boolean restart() {
        completion = new Completion();
        return true;
    }

    @Override
    protected byte[] body(Reason reason, Usage usage) {
        return completion.write(envelope, reason, usage);
    }
}
