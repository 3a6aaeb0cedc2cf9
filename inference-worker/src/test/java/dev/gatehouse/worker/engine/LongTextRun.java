package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaModel;
import dev.gatehouse.worker.llama.LlamaSampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks with long texts without a break; started by its test, because a stack that is too small ends the process. */
final class LongTextRun {

    private LongTextRun() {}

    /** Prints what each text is refused with, and "nested" when the deepest answer was read. */
    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        Path natives = Path.of("target/native/lib");
        LlamaOptions options = new LlamaOptions(natives, model, Optional.empty(), 1, 1, 1, OptionalInt.of(65_536));
        try (LlamaEngine engine = LlamaEngine.open(options, done -> true)) {
            for (String piece : new String[] {"a", " ", "\\n", "漢", "é", "!", "1", "🙂", "\u0301"}) {
                int bytes = piece.translateEscapes().getBytes(StandardCharsets.UTF_8).length;
                tell(engine, piece, piece.repeat(Integer.parseInt(arguments[1]) / bytes));
            }
        }
        nest(model);
    }

    /** As deep as an answer may nest, on a thread like the engine's. */
    private static void nest(Path file) throws InterruptedException {
        byte[] body = """
                {"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}""".getBytes(StandardCharsets.UTF_8);
        LlamaSampling greedy = new LlamaSampling(0, 1, 0, 0, 1, 0, 0, 1, 256, Map.of(), -1);
        try (LlamaModel model = LlamaModel.load(file, done -> true);
                LlamaChat chat = model.chat(body, greedy)) {
            Thread thread = Thread.ofPlatform().stackSize(NativeStack.BYTES).start(() -> {
                chat.parse("x</think>{\"a\":", false);
                chat.parse("[".repeat(9_990), false);
                System.out.println("nested");
            });
            thread.join();
        }
    }

    private static void tell(LlamaEngine engine, String piece, String text) {
        try {
            engine.submit(Ask.user(text).request(), new Collected());
            System.out.println(piece + " accepted");
        } catch (RefusedException e) {
            System.out.println(piece + " " + e.code() + ": " + e.getMessage());
        }
    }
}
