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
import java.util.List;

/** A streamed chat completion: frames that nobody touched leave as they came. */
final class ChatStream extends StreamedAnswer {

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean includeUsage;
    private Envelope envelope;
    private boolean enveloped;
    private boolean finished;

    ChatStream(Visitor visitor, OpenAiErrors errors, Chat chat) {
        super(visitor, errors);
        this.includeUsage = chat.includeUsage();
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
        if (!enveloped) {
            Chunks.role(envelope, out);
        }
        if (!finished) {
            Chunks.finish(envelope, reason, out);
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
            begin(span, out);
        }
        if (span.intact()) {
            out.writeBytes(Events.data());
            out.writeBytes(span.frame());
            out.writeBytes(Events.end());
        } else {
            Chunks.deltas(envelope, span.deltas(), out);
        }
        for (Delta delta : span.deltas()) {
            finished |= delta instanceof Delta.Finish;
        }
    }

    /** An answer says whose it is first, also when the frame that said so was held or altered. */
    private void begin(Span span, ByteArrayOutputStream out) {
        if (!span.intact() || !Envelope.namesRole(span.frame())) {
            Chunks.role(envelope, out);
        }
    }
}
