package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.dialect.Events;
import dev.gatehouse.gateway.dialect.StreamedAnswer;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** A streamed chat completion: frames that nobody touched leave as they came. */
final class ChatStream extends StreamedAnswer {

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean includeUsage;
    private final int choices;
    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private Envelope envelope;
    private boolean enveloped;

    ChatStream(Visitor visitor, OpenAiErrors errors, Chat chat) {
        super(visitor, errors);
        this.includeUsage = chat.includeUsage();
        this.choices = chat.work().bound().choices();
        this.envelope = Envelope.of(visitor.id(), chat.work().model());
    }

    @Override
    public void spans(List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 * spans.size());
        for (Span span : spans) {
            span(span, out);
        }
        write(out);
    }

    @Override
    public void end(Reason reason, Usage usage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        for (int choice = 0; choice < choices; choice++) {
            if (!begun.get(choice)) {
                Chunks.role(envelope, choice, out);
            }
            if (!finished.get(choice)) {
                Chunks.finish(envelope, choice, reason, out);
            }
        }
        if (includeUsage) {
            Chunks.usage(envelope, reason, usage, out);
        }
        out.writeBytes(DONE);
        finish(out);
    }

    private void span(Span span, ByteArrayOutputStream out) {
        if (!enveloped) {
            enveloped = true;
            envelope = Envelope.read(span.frame(), envelope);
        }
        begin(span, out);
        if (span.intact()) {
            out.writeBytes(Events.data());
            out.writeBytes(span.frame());
            out.writeBytes(Events.end());
        } else {
            Chunks.deltas(envelope, span.deltas(), out);
        }
        for (Delta delta : span.deltas()) {
            if (delta instanceof Delta.Finish) {
                finished.set(delta.channel().choice());
            }
        }
    }

    /** Each choice says whose it is first, also when the frame that said so was held or altered. */
    private void begin(Span span, ByteArrayOutputStream out) {
        if (span.deltas().isEmpty() && begun.isEmpty()) {
            begin(0, span, out);
        }
        for (Delta delta : span.deltas()) {
            if (!begun.get(delta.channel().choice())) {
                begin(delta.channel().choice(), span, out);
            }
        }
    }

    private void begin(int choice, Span span, ByteArrayOutputStream out) {
        begun.set(choice);
        if (!span.intact() || !Envelope.namesRole(span.frame())) {
            Chunks.role(envelope, choice, out);
        }
    }
}
