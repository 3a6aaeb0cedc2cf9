package dev.gatehouse.detect;

/** Reads UTF-8 (RFC 3629); the width of a character is its bytes. */
public final class Utf8 {

    private static final char UNREADABLE = '\uFFFD';

    private Utf8() {}

    /** Passes on the characters from one byte up to another, and the end of the text; a malformed byte is U+FFFD. */
    public static void read(byte[] text, int from, int to, CharSink sink) {
        int at = from;
        while (at < to) {
            byte lead = text[at];
            if (lead >= 0) {
                sink.accept((char) lead, 1);
                at++;
            } else {
                at += readLong(text, at, to, sink);
            }
        }
        sink.finish();
    }

    private static int readLong(byte[] text, int at, int to, CharSink sink) {
        int length = length(text[at]);
        int codePoint = length == 0 || at + length > to ? -1 : decode(text, at, length);
        if (codePoint < 0) {
            sink.accept(UNREADABLE, 1);
            return 1;
        }
        if (Character.isBmpCodePoint(codePoint)) {
            sink.accept((char) codePoint, length);
        } else {
            sink.accept(Character.highSurrogate(codePoint), length);
            sink.accept(Character.lowSurrogate(codePoint), 0);
        }
        return length;
    }

    private static int length(byte lead) {
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return ones >= 2 && ones <= 4 ? ones : 0;
    }

    private static int decode(byte[] text, int at, int length) {
        int codePoint = text[at] & 0x7f >> length;
        for (int i = at + 1; i < at + length; i++) {
            if ((text[i] & 0xc0) != 0x80) {
                return -1;
            }
            codePoint = codePoint << 6 | text[i] & 0x3f;
        }
        return Character.isValidCodePoint(codePoint) ? codePoint : -1;
    }
}
