package dev.gatehouse.worker.fit;

import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.gguf.GgufException;
import dev.gatehouse.worker.gguf.GgufReader;
import dev.gatehouse.worker.gguf.ModelParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that says about a model file what the worker would say before it loads it, as one JSON object: for the command line.
 * Arguments: file, machine or {@code here}, tokens of the KV cache, context of the roofline, and type of the KV cache or
 * {@code auto}. Exit status 0; 2 for what cannot be read, with the reason on standard error.
 */
public final class Inspection {

    private static final int[] SEQUENCES = {1, 4, 8, 16, 32, 64};
    private static final int SLOTS = 16;
    private static final int UNUSABLE = 2;

    private Inspection() {}

    /** What is printed; sizes in bytes. */
    record Facts(
            String file,
            String architecture,
            long weightBytes,
            long expertBytes,
            int experts,
            int expertsUsed,
            long kvBytesPerToken,
            long kvTokens,
            String kvType,
            long kvBytes,
            long workBytes,
            long totalBytes,
            String machine,
            long freeBytes,
            boolean fits,
            String placement,
            String explanation,
            int context,
            @Nullable Map<Integer, Double> tokensPerSecond) {}

    public static void main(String[] arguments) {
        try {
            Facts facts = inspect(Path.of(arguments[0]), new Request(arguments));
            System.out.println(JsonMapper.shared().writeValueAsString(facts));
        } catch (GgufException | IOException e) {
            System.err.println("The model file " + arguments[0] + " can not be used: " + e.getMessage());
            System.exit(UNUSABLE);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE);
        }
    }

    private record Request(Optional<Machine> machine, long kvTokens, int context, Optional<KvType> type) {

        Request(String... arguments) {
            this(
                    arguments[1].equals("here") ? Optional.empty() : Optional.of(Machine.parse(arguments[1])),
                    Long.parseLong(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    arguments[4].equals("auto") ? Optional.empty() : Optional.of(KvType.parse(arguments[4])));
        }
    }

    private static Facts inspect(Path file, Request request) throws IOException, GgufException {
        Anatomy model = Anatomy.of(head(file));
        Optional<Machine> machine = request.machine();
        Memory memory = machine.map(Machine::memory).orElseGet(() -> Memory.free(0));
        Fit fit = Fit.of(
                model,
                new Fit.Wish(new Demand.Load(request.kvTokens(), Demand.Load.MOST_ROWS, SLOTS), request.type()),
                memory);
        Answer answer = Answer.of(fit);
        return new Facts(
                file.toString(),
                model.architecture(),
                model.weightBytes(),
                model.expertBytes(),
                model.experts(),
                model.used(),
                model.kvBytes(answer.type()),
                request.kvTokens(),
                answer.type().text(),
                answer.demand().kv(),
                answer.demand().work(),
                answer.demand().total(),
                machine.map(Machine::text).orElse("here"),
                memory.host(),
                answer.fits(),
                answer.placement(),
                answer.explanation(),
                request.context(),
                machine.map(known -> speeds(new Roofline(model, answer.type(), known.bandwidth()), request.context()))
                        .orElse(null));
    }

    /** A verdict as a row. */
    private record Answer(boolean fits, Demand demand, KvType type, String placement, String explanation) {

        static Answer of(Fit fit) {
            return switch (fit) {
                case Fit.Fits f ->
                    new Answer(true, f.demand(), f.type(), f.placement().toString(), "");
                case Fit.TooLarge t -> new Answer(false, t.demand(), t.type(), "", t.explanation());
            };
        }
    }

    private static Map<Integer, Double> speeds(Roofline roofline, int context) {
        Map<Integer, Double> speeds = new LinkedHashMap<>();
        IntStream.of(SEQUENCES)
                .forEach(sequences ->
                        speeds.put(sequences, Math.round(10 * roofline.tokensPerSecond(sequences, context)) / 10.0));
        return speeds;
    }

    /** Of all files of the model. */
    private static Gguf head(Path file) throws IOException, GgufException {
        Gguf first = GgufReader.read(file);
        List<Gguf> others = new ArrayList<>();
        for (Path part : ModelParts.others(file, first)) {
            others.add(GgufReader.read(part));
        }
        return first.withTensorsOf(others);
    }
}
