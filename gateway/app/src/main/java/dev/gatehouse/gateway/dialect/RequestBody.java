package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * The JSON of a request, read in one pass: checks it, and notes where every string of it is. What reads a value begins at its first
 * token and leaves off at its last. One use only.
 */
public final class RequestBody {

    /** Most strings accepted, member names included. */
    private static final int STRINGS = 100_000;

    private final byte[] body;
    private final JsonParser parser;
    private final List<TextField> texts;

    private RequestBody(byte[] body, JsonParser parser, List<TextField> texts) {
        this.body = body;
        this.parser = parser;
        this.texts = texts;
    }

    /**
     * Reads a body that is one JSON object.
     *
     * @param member is called with the name of each of its members, at the first token of the member's value
     * @return every string of the body
     * @throws Fault when it is not such a body, or when {@code member} says so: the problem names what to change
     */
    public static List<TextField> read(byte[] body, Member member) {
        List<TextField> texts = new ArrayList<>();
        RequestJson.parse(body, parser -> new RequestBody(body, parser, texts).top(member));
        return texts;
    }

    /** Takes the members of the body's object. */
    public interface Member {
        void read(RequestBody json, String name);
    }

    private void top(Member member) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not a JSON object. Send one."));
        }
        members(name -> member.read(this, name));
        if (parser.nextToken() != null) {
            throw new Fault(
                    Problem.of(Code.INVALID_JSON, "The body goes on after its JSON object. Send one object only."));
        }
    }

    public JsonToken token() {
        return parser.currentToken();
    }

    public boolean isNull() {
        return token() == JsonToken.VALUE_NULL;
    }

    /** The JSON Pointer of the value. */
    public String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    /** The members of an object. */
    public void object(String path, Consumer<String> member) {
        expect(token() == JsonToken.START_OBJECT, path, "an object");
        members(member);
    }

    private void members(Consumer<String> member) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            note(TextKind.OTHER);
            String name = parser.currentName();
            parser.nextToken();
            member.accept(name);
        }
    }

    /**
     * The elements of an array.
     *
     * @param element is called with the index of each, at its first token
     * @return how many there are
     */
    public int array(String path, IntConsumer element) {
        expect(token() == JsonToken.START_ARRAY, path, "an array");
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.accept(count++);
        }
        return count;
    }

    public String string(String path) {
        return string(path, TextKind.OTHER);
    }

    public String string(String path, TextKind kind) {
        expect(token() == JsonToken.VALUE_STRING, path, "a string");
        note(kind);
        return parser.getString();
    }

    /** The name of the model that is asked for. */
    public ModelName model(String path) {
        String name = string(path, TextKind.MODEL);
        if (name.isBlank() || name.length() > ModelName.MAX_LENGTH) {
            throw invalid(path, "'" + path + "' has 1 to " + ModelName.MAX_LENGTH + " characters. Name a model.");
        }
        return new ModelName(name);
    }

    /** False for null. */
    public boolean flag(String path) {
        expect(token().isBoolean() || isNull(), path, "true or false");
        return token() == JsonToken.VALUE_TRUE;
    }

    /** @param absent the answer for null */
    public long whole(String path, long least, long most, long absent) {
        if (isNull()) {
            return absent;
        }
        expect(token() == JsonToken.VALUE_NUMBER_INT, path, "a whole number");
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || parser.getLongValue() < least || parser.getLongValue() > most) {
            throw outOfRange(path, Long.toString(least), Long.toString(most));
        }
        return parser.getLongValue();
    }

    /** Checks a number; null is as good as none. */
    public void number(String path, double least, double most) {
        if (isNull()) {
            return;
        }
        expect(token().isNumeric(), path, "a number");
        double value = parser.getDoubleValue();
        if (!(value >= least && value <= most)) {
            throw outOfRange(path, Double.toString(least), Double.toString(most));
        }
    }

    /** Any value of this shape, or null. */
    public void structure(String path, JsonToken start, String what) {
        expect(token() == start || isNull(), path, what);
        value();
    }

    /** Any value. */
    public void value() {
        value(false, inside -> false);
    }

    /** Any value, some strings of which are JSON documents themselves. */
    public void value(Predicate<TokenStreamContext> document) {
        value(false, document);
    }

    /** An object that somebody has made up, so that its numbers can say as much as its strings. */
    public void document(String path) {
        expect(token() == JsonToken.START_OBJECT, path, "an object");
        value(true, inside -> false);
    }

    private void value(boolean numbers, Predicate<TokenStreamContext> document) {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_STRING ->
                    note(document.test(parser.streamReadContext()) ? TextKind.DOCUMENT : TextKind.OTHER);
                case PROPERTY_NAME -> note(TextKind.OTHER);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    if (numbers) {
                        noteNumber();
                    }
                }
                default -> {}
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    /** How many strings have been noted. */
    public int noted() {
        return texts.size();
    }

    /** Tells whose words the strings are that were noted since then and of which nothing is known yet. */
    public void attribute(int since, TextKind kind) {
        for (int i = since; i < texts.size(); i++) {
            TextField text = texts.get(i);
            if (text.kind() == TextKind.OTHER) {
                texts.set(i, new TextField(kind, text.from(), text.to()));
            }
        }
    }

    private void note(TextKind kind) {
        int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
        note(new TextField(kind, from, closingQuote(from)));
    }

    private void noteNumber() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        note(new TextField(TextKind.NUMBER, from, from + parser.getStringLength()));
    }

    private void note(TextField text) {
        if (texts.size() == STRINGS) {
            throw new Fault(Problem.of(
                    Code.INVALID_VALUE, "The body has more than " + STRINGS + " strings. Send fewer, or join them."));
        }
        texts.add(text);
    }

    private int closingQuote(int from) {
        int i = from;
        while (body[i] != '"') {
            i += body[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    public static void expect(boolean right, String path, String what) {
        if (!right) {
            throw new Fault(
                    Problem.at(Code.INVALID_TYPE, path, "'" + path + "' has the wrong type: it is " + what + "."));
        }
    }

    public static void require(boolean present, String path) {
        if (!present) {
            throw new Fault(Problem.at(Code.MISSING_PARAMETER, path, "'" + path + "' is missing. Add it."));
        }
    }

    public static Fault invalid(String path, String message) {
        return new Fault(Problem.at(Code.INVALID_VALUE, path, message));
    }

    private static Fault outOfRange(String path, String least, String most) {
        return invalid(path, "'" + path + "' is out of range: it goes from " + least + " to " + most + ".");
    }
}
