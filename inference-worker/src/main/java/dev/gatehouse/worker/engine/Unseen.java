package dev.gatehouse.worker.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Passes on of an answer what was not shown before: leaves out its first tokens and its first characters. */
final class Unseen implements Consumer<Chunk> {

    private final Consumer<Chunk> output;
    private int ids;
    private long characters;

    /** @param begun what was shown before */
    Unseen(Begun begun, Consumer<Chunk> output) {
        this.output = output;
        this.ids = begun.ids().length;
        this.characters = begun.characters();
    }

    @Override
    public void accept(Chunk chunk) {
        if (ids == 0 && characters == 0) {
            output.accept(chunk);
            return;
        }
        int[] fresh = ids(chunk.ids());
        String reasoning = text(chunk.reasoning());
        String content = text(chunk.content());
        List<ToolCallDelta> tools = tools(chunk.tools());
        if (fresh.length > 0 || !reasoning.isEmpty() || !content.isEmpty() || !tools.isEmpty()) {
            output.accept(new Chunk(chunk.choice(), chunk.at(), fresh, content, reasoning, tools, chunk.logprobs()));
        }
    }

    private int[] ids(int[] all) {
        int known = Math.min(ids, all.length);
        ids -= known;
        return Arrays.copyOfRange(all, known, all.length);
    }

    private String text(String all) {
        int known = (int) Math.min(characters, all.length());
        characters -= known;
        return all.substring(known);
    }

    private List<ToolCallDelta> tools(List<ToolCallDelta> all) {
        return all.stream()
                .map(this::rest)
                .filter(tool -> !tool.name().isEmpty() || !tool.arguments().isEmpty())
                .toList();
    }

    /** A call's id comes with its name. */
    private ToolCallDelta rest(ToolCallDelta tool) {
        boolean named = characters >= tool.name().length();
        text(tool.name());
        String arguments = text(tool.arguments());
        return named
                ? new ToolCallDelta(tool.index(), "", "", arguments)
                : new ToolCallDelta(tool.index(), tool.id(), tool.name(), arguments);
    }
}
