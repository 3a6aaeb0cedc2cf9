package dev.gatehouse.worker.engine;

import java.nio.file.Path;
import java.util.Map;

/** Drives the whole native surface once; started with {@code -Xcheck:jni} by its test. */
final class CheckedRun {

    private CheckedRun() {}

    /** Prints the answer to a sum. */
    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        double[] progress = {0};
        try (LlamaEngine engine = LlamaEngine.open(BundledModel.options(model, 2, 8), done -> {
            progress[0] = done;
            return true;
        })) {
            Collected plain = run(engine, Ask.sum(123, 456));
            run(engine, Ask.sum(1, 2).logprobs(20).stop("nothing"));
            run(engine, Ask.sum(1, 2).biased(Map.of(20, 5f)).max(5));
            refuse(engine, Ask.body("{\"messages\":[]}"));
            Collected cancelled = new Collected();
            engine.submit(Ask.sum(3, 4).request(), cancelled).cancel();
            cancelled.awaitEnd();
            System.out.println("content " + plain.content() + " progress " + progress[0]);
        }
    }

    private static Collected run(LlamaEngine engine, Ask ask) throws RefusedException {
        Collected output = new Collected();
        engine.submit(ask.request(), output);
        output.awaitEnd();
        return output;
    }

    private static void refuse(LlamaEngine engine, Ask ask) {
        try {
            engine.submit(ask.request(), new Collected());
            throw new AssertionError("not refused");
        } catch (RefusedException e) {
            System.out.println("refused");
        }
    }
}
