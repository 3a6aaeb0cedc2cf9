package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.CharSink;
import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.JsonEscapes;
import dev.gatehouse.detect.PaymentCards;
import dev.gatehouse.detect.Utf8;
import dev.gatehouse.gateway.vocabulary.Edit;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One look at all texts of a request; used once. */
final class RequestScan {

    /** Such a string is itself a JSON document: the arguments of a tool call in the conversation so far. */
    private static final String DOCUMENT = "/function/arguments";

    private static final byte[] NUMBER_MASK = {'0'};

    private final byte[] body;
    private final Consumer<Finding> seen;
    private final List<Edit> masks = new ArrayList<>(0);
    private final PaymentCards cards = new PaymentCards(this::found);
    private final CharSink string = new JsonEscapes(cards);
    private final JsonEscapes document = new JsonEscapes(cards);
    private final CharSink documentString = new JsonEscapes(document);

    private int texts;
    private long bytes;
    private boolean inDocument;
    /** What leads from the detector's position to the byte in the body. */
    private long offset;

    private @Nullable TextField current;
    private @Nullable TextField first;

    private RequestScan(byte[] body, Consumer<Finding> seen) {
        this.body = body;
        this.seen = seen;
    }

    /**
     * Looks at every text.
     *
     * @param seen is told of each finding
     */
    static RequestScan of(Work work, Consumer<Finding> seen) {
        RequestScan scan = new RequestScan(work.wire().body(), seen);
        work.texts().forEach(scan::look);
        return scan;
    }

    /** The text with the first finding. */
    Optional<TextField> first() {
        return Optional.ofNullable(first);
    }

    /** What makes masks of all findings and leaves the body valid JSON. */
    List<Edit> masks() {
        return masks;
    }

    /** What was looked at, if {@code masked} of the findings are masked. */
    Coverage coverage(int masked) {
        return new Coverage(texts, bytes, masks.size(), masked);
    }

    private void look(TextField text) {
        texts++;
        bytes += text.to() - text.from();
        if (PaymentCards.possible(body, text.from(), text.to())) {
            current = text;
            offset = text.from() - cards.settled();
            inDocument = text.pointer().endsWith(DOCUMENT);
            Utf8.read(body, text.from(), text.to(), inDocument ? documentString : string);
        }
    }

    private void found(Finding finding) {
        seen.accept(finding);
        if (first == null) {
            first = current;
        }
        byte[] mask =
                inDocument && !document.quoted() ? NUMBER_MASK : finding.mask().getBytes(StandardCharsets.US_ASCII);
        masks.add(new Edit((int) (finding.from() + offset), (int) (finding.to() + offset), mask));
    }
}
