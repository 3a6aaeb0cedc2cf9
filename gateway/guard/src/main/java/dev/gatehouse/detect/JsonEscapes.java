package dev.gatehouse.detect;

/**
 * Decodes the escapes of JSON text (RFC 8259) that arrives in pieces: a document, or what stands between the quotation marks of a
 * string. Passes on all else as it is, and what is not JSON too: nothing goes by undecoded that a lenient reader would decode.
 */
public final class JsonEscapes implements CharSink {

    private static final int HEX_DIGITS = 4;
    private static final char UNREADABLE = '\uFFFD';

    private final CharSink decoded;
    private boolean quoted;
    private int escapeWidth;
    private int hexLeft;
    private int code;

    public JsonEscapes(CharSink decoded) {
        this.decoded = decoded;
    }

    @Override
    public void accept(char unit, int width) {
        if (hexLeft > 0) {
            hex(unit, width);
        } else if (escapeWidth > 0) {
            escaped(unit, width);
        } else if (unit == '\\') {
            escapeWidth = width;
        } else {
            decoded.accept(unit, width);
            quoted ^= unit == '"';
        }
    }

    @Override
    public void finish() {
        if (escapeWidth > 0) {
            decode(UNREADABLE);
        }
        quoted = false;
        decoded.finish();
    }

    /** Whether the text goes on inside a string of the document, where it had begun outside of one. */
    public boolean quoted() {
        return quoted;
    }

    private void escaped(char unit, int width) {
        escapeWidth += width;
        switch (unit) {
            case 'u' -> hexLeft = HEX_DIGITS;
            case 'b', 'f', 'n', 'r', 't' -> decode('\n');
            default -> decode(unit);
        }
    }

    private void hex(char unit, int width) {
        int value = Character.digit(unit, 16);
        if (value < 0 || unit >= 0x80) {
            decode(UNREADABLE);
            accept(unit, width);
            return;
        }
        escapeWidth += width;
        code = code << 4 | value;
        if (--hexLeft == 0) {
            decode((char) code);
        }
    }

    private void decode(char unit) {
        int width = escapeWidth;
        escapeWidth = 0;
        hexLeft = 0;
        code = 0;
        decoded.accept(unit, width);
    }
}
