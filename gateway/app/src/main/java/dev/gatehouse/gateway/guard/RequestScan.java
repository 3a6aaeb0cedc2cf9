package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.CharSink;
import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.JsonEscapes;
import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.detect.Sequence;
import dev.gatehouse.detect.Sweep;
import dev.gatehouse.detect.Utf8;
import dev.gatehouse.gateway.vocabulary.Edit;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at the texts of a request, up to the finding that refuses it; used once. */
final class RequestScan {

    /** Most findings that are masked in one request; with more it is refused. */
    static final int MOST_MASKED = 10_000;

    /** What makes a number of a document another one. */
    private static final String NUMBER_MASK = "0";

    private final byte[] body;
    private final Remedies remedies;
    private final Sweep sweep;
    private final CharSink string;
    private final JsonEscapes document;
    private final CharSink documentString;
    private final Map<Kind, Integer> findings = new EnumMap<>(Kind.class);
    private final List<Edit> masks = new ArrayList<>(0);
    private final Sequence toMask = new Sequence();

    private int texts;
    private long bytes;
    private int maskable;
    private boolean inDocument;
    private boolean number;
    /** What leads from the sweep's position to the byte in the body. */
    private long offset;

    private @Nullable Refusal refusal;

    /**
     * Why a request is refused.
     *
     * @param kind of the finding that does it
     * @param at the byte of the body at which that begins
     */
    record Refusal(Kind kind, int at) {}

    private RequestScan(byte[] body, Remedies remedies) {
        this.body = body;
        this.remedies = remedies;
        this.sweep = new Sweep(remedies.held(), this::found);
        this.string = new JsonEscapes(sweep);
        this.document = new JsonEscapes(sweep);
        this.documentString = new JsonEscapes(document);
    }

    /** Looks at the texts of a request whose findings are to be dealt with like this. */
    static RequestScan of(Work work, Remedies remedies) {
        RequestScan scan = new RequestScan(work.wire().body(), remedies);
        Iterator<TextField> texts = work.texts().iterator();
        while (texts.hasNext() && scan.refusal == null) {
            scan.look(texts.next());
        }
        return scan;
    }

    /** Why the request is refused, if it is; no text after that has been looked at. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** How many findings there are of each kind, the one that refuses the request being the last. */
    Map<Kind, Integer> findings() {
        return findings;
    }

    /** What became of findings of a kind. */
    Remedy action(Kind kind) {
        Remedy remedy = remedies.of(kind);
        return remedy == Remedy.MASK && refusal != null ? Remedy.BLOCK : remedy;
    }

    /** What makes masks of all findings that are to be masked, and leaves the body valid JSON. */
    List<Edit> masks() {
        return masks;
    }

    Coverage coverage() {
        return new Coverage(texts, bytes, findings, refusal == null ? masks.size() : 0);
    }

    private void look(TextField text) {
        texts++;
        bytes += text.to() - text.from();
        offset = text.from() - sweep.settled();
        inDocument = text.kind() == TextKind.DOCUMENT;
        number = text.kind() == TextKind.NUMBER;
        Utf8.read(body, text.from(), text.to(), inDocument ? documentString : string);
        if (!toMask.isEmpty() && refusal == null) {
            mask();
        }
    }

    private void found(Finding finding) {
        if (refusal != null) {
            return;
        }
        if (!finding.goesOn()) {
            findings.merge(finding.kind(), 1, Integer::sum);
        }
        switch (remedies.of(finding.kind())) {
            case OBSERVE -> {}
            case MASK -> toMask(finding);
            case BLOCK -> refuse(finding);
        }
    }

    private void toMask(Finding finding) {
        if (!finding.goesOn() && ++maskable > MOST_MASKED) {
            refuse(finding);
        } else {
            boolean bare = number || (inDocument && !document.quoted());
            toMask.add(
                    bare && !finding.goesOn()
                            ? new Finding(finding.kind(), finding.from(), finding.to(), NUMBER_MASK)
                            : finding);
        }
    }

    private void refuse(Finding finding) {
        refusal = new Refusal(finding.kind(), (int) (finding.from() + offset));
    }

    private void mask() {
        for (Finding next = toMask.next(Long.MAX_VALUE); next != null; next = toMask.next(Long.MAX_VALUE)) {
            int from = (int) (next.from() + offset);
            int to = (int) (next.to() + offset);
            if (next.goesOn()) {
                Edit begun = masks.removeLast();
                masks.add(new Edit(begun.from(), to, begun.replacement()));
            } else {
                masks.add(new Edit(from, to, next.mask().getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }
}
