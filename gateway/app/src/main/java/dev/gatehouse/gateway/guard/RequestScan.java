package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.CharSink;
import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.JsonEscapes;
import dev.gatehouse.detect.PaymentCards;
import dev.gatehouse.detect.Utf8;
import dev.gatehouse.gateway.vocabulary.Edit;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One look at the texts of a request, up to the finding that refuses it; used once. */
final class RequestScan {

    /** Most findings that are masked in one request; with more it is refused. */
    static final int MOST_MASKED = 10_000;

    private static final byte[] NUMBER_MASK = {'0'};

    private final byte[] body;
    private final Policy.In action;
    private final List<Edit> masks = new ArrayList<>(0);
    private final PaymentCards cards = new PaymentCards(this::found);
    private final CharSink string = new JsonEscapes(cards);
    private final JsonEscapes document = new JsonEscapes(cards);
    private final CharSink documentString = new JsonEscapes(document);

    private int texts;
    private long bytes;
    private int findings;
    private int first;
    private boolean inDocument;
    private boolean number;
    /** What leads from the detector's position to the byte in the body. */
    private long offset;

    private RequestScan(byte[] body, Policy.In action) {
        this.body = body;
        this.action = action;
    }

    /** Looks at the texts of a request whose findings are to be dealt with like this. */
    static RequestScan of(Work work, Policy.In action) {
        RequestScan scan = new RequestScan(work.wire().body(), action);
        Iterator<TextField> texts = work.texts().iterator();
        while (texts.hasNext() && !scan.refused()) {
            scan.look(texts.next());
        }
        return scan;
    }

    /** Whether the request is refused; no text after the one that does it has been looked at. */
    boolean refused() {
        return switch (action) {
            case REFUSE -> findings > 0;
            case MASK -> findings > MOST_MASKED;
            case ALLOW -> false;
        };
    }

    /** How many findings there are, the one that refuses the request being the last. */
    int findings() {
        return findings;
    }

    /** The byte of the body at which the first finding begins, if there is one. */
    int first() {
        return first;
    }

    /** What makes masks of all findings and leaves the body valid JSON, where they are to be masked. */
    List<Edit> masks() {
        return masks;
    }

    Coverage coverage() {
        return new Coverage(texts, bytes, findings, refused() ? 0 : masks.size());
    }

    private void look(TextField text) {
        texts++;
        bytes += text.to() - text.from();
        if (PaymentCards.possible(body, text.from(), text.to())) {
            offset = text.from() - cards.settled();
            inDocument = text.kind() == TextKind.DOCUMENT;
            number = text.kind() == TextKind.NUMBER;
            Utf8.read(body, text.from(), text.to(), inDocument ? documentString : string);
        }
    }

    private void found(Finding finding) {
        if (refused()) {
            return;
        }
        int from = (int) (finding.from() + offset);
        if (findings++ == 0) {
            first = from;
        }
        if (action == Policy.In.MASK) {
            masks.add(new Edit(from, (int) (finding.to() + offset), mask(finding)));
        }
    }

    private byte[] mask(Finding finding) {
        boolean unquoted = number || (inDocument && !document.quoted());
        return unquoted ? NUMBER_MASK : finding.mask().getBytes(StandardCharsets.US_ASCII);
    }
}
