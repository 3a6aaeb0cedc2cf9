package dev.gatehouse.launcher;

import java.io.OutputStream;
import java.io.PrintStream;

/** Shows an answer as it comes; thinking is dimmed on a terminal. */
final class ChatScreen {
    private static final String DIM = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";

    private final PrintStream out;
    private final boolean terminal;
    private boolean thinking;

    ChatScreen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static ChatScreen of(PrintStream out) {
        return new ChatScreen(out, System.console() != null && System.console().isTerminal());
    }

    static ChatScreen silent() {
        return new ChatScreen(new PrintStream(OutputStream.nullOutputStream()), false);
    }

    void think(String piece) {
        if (!thinking) {
            thinking = true;
            colour(DIM);
        }
        show(piece);
    }

    void say(String piece) {
        endThinking();
        show(piece);
    }

    void end() {
        endThinking();
        out.println();
        out.flush();
    }

    private void endThinking() {
        if (thinking) {
            thinking = false;
            colour(NORMAL);
            show("\n");
        }
    }

    private void colour(String code) {
        if (terminal) {
            out.print(code);
        }
    }

    private void show(String piece) {
        out.print(piece);
        out.flush();
    }
}
