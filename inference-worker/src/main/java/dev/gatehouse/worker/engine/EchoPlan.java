package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.EchoToken.Channel;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All tokens that an answer will have, known before it starts.
 *
 * @param reason how the answer ends if nobody stops it
 * @param toolName of the call whose arguments the tool tokens are; empty if there is none
 */
record EchoPlan(List<EchoToken> tokens, String toolName, FinishReason reason) {

    static final int VOCABULARY = 65_536;

    /** @param most tokens that the request and the context allow */
    static EchoPlan of(EchoScript script, List<String> stop, int most) {
        int stopAt = firstStop(script.content(), stop);
        boolean stopped = stopAt < script.content().length();
        String content = script.content().substring(0, stopAt);
        Optional<EchoScript.Tool> tool = stopped ? Optional.empty() : script.tool();
        Cutter cutter = new Cutter(script);
        cutter.add(Channel.REASONING, script.reasoning());
        cutter.add(Channel.CONTENT, content);
        tool.ifPresent(call -> cutter.add(Channel.TOOL, call.arguments()));
        FinishReason reason = tool.isPresent() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        List<EchoToken> tokens = cutter.tokens;
        return new EchoPlan(
                tokens.size() > most ? List.copyOf(tokens.subList(0, most)) : List.copyOf(tokens),
                tool.map(EchoScript.Tool::name).orElse(""),
                tokens.size() > most ? FinishReason.LENGTH : reason);
    }

    boolean beginsWith(int[] ids) {
        return ids.length <= tokens.size()
                && Arrays.equals(
                        ids,
                        tokens.stream()
                                .limit(ids.length)
                                .mapToInt(EchoToken::id)
                                .toArray());
    }

    /** Words of a text: each one with the white space that follows it. */
    static int countWords(String text) {
        return text.isEmpty() ? 0 : wordStarts(text).size() + 1;
    }

    private static int firstStop(String content, List<String> stop) {
        return stop.stream()
                .mapToInt(content::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(content.length());
    }

    /** Offsets in characters, without 0. */
    private static List<Integer> wordStarts(String text) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 1; at < text.length(); at++) {
            if (Character.isWhitespace(text.charAt(at - 1)) && !Character.isWhitespace(text.charAt(at))) {
                starts.add(at);
            }
        }
        return starts;
    }

    /** Cuts the parts of an answer; the offsets of a script count over all parts. */
    private static final class Cutter {

        private final EchoScript script;
        private final List<EchoToken> tokens = new ArrayList<>();
        private int base;

        Cutter(EchoScript script) {
            this.script = script;
        }

        void add(Channel channel, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Characters characters = new Characters();
            boolean opens = channel == Channel.TOOL;
            int from = 0;
            for (int to : ends(channel, text, bytes.length)) {
                byte[] piece = Arrays.copyOfRange(bytes, from, to);
                String complete = characters.add(piece);
                tokens.add(new EchoToken(id(piece), channel, complete, piece, opens || !complete.isEmpty()));
                opens = false;
                from = to;
            }
            base += bytes.length;
        }

        /** The ends of the tokens, the last one at the end of the bytes; a call without arguments has one empty token. */
        private NavigableSet<Integer> ends(Channel channel, String text, int length) {
            List<Integer> cuts = script.cuts().map(this::within).orElseGet(() -> wordCuts(text));
            NavigableSet<Integer> ends = new TreeSet<>(new TreeSet<>(cuts).headSet(length));
            if (length > 0 || channel == Channel.TOOL) {
                ends.add(length);
            }
            return ends;
        }

        private List<Integer> within(List<Integer> offsets) {
            return offsets.stream()
                    .map(offset -> offset - base)
                    .filter(at -> at > 0)
                    .toList();
        }

        private static List<Integer> wordCuts(String text) {
            List<Integer> cuts = new ArrayList<>();
            int bytes = 0;
            int from = 0;
            for (int start : wordStarts(text)) {
                bytes += text.substring(from, start).getBytes(StandardCharsets.UTF_8).length;
                cuts.add(bytes);
                from = start;
            }
            return cuts;
        }

        private static int id(byte[] piece) {
            return Math.floorMod(Arrays.hashCode(piece), VOCABULARY);
        }
    }

    /** Turns bytes into text, keeping back those of a character that is not complete. */
    private static final class Characters {

        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] kept = {};

        String add(byte[] piece) {
            ByteBuffer in = ByteBuffer.allocate(kept.length + piece.length)
                    .put(kept)
                    .put(piece)
                    .flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            decoder.reset().decode(in, out, false);
            kept = new byte[in.remaining()];
            in.get(kept);
            return out.flip().toString();
        }
    }
}
