package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Asks the running gateway and streams the answer; says how fast it came.")
final class ChatCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--model", paramLabel = "ID", description = "The model to ask (default: the first one listed).")
    private @Nullable String model;

    @Option(names = "--json", description = "Print one JSON object when the answer is complete.")
    private boolean json;

    @Parameters(arity = "1", paramLabel = "TEXT", description = "What to ask.")
    private String text = "";

    @Override
    public Integer call() throws InterruptedException {
        Quickstart where = Quickstart.read(data.directory());
        try (HttpClient http = HttpClient.newHttpClient()) {
            String asked = model == null ? Models.first(http, where.baseUrl(), where.apiKey()) : model;
            ChatScreen screen = json ? ChatScreen.silent() : ChatScreen.of(System.out);
            ChatAnswer answer = new ChatStream(http, where, screen).ask(asked, text);
            screen.end();
            if (json) {
                System.out.println(answer.json());
            } else {
                System.err.println(answer.speed());
            }
            return Exit.OK.code();
        } catch (IOException gone) {
            throw new Failure(
                    Exit.NOT_READY, "%s does not answer: start it with ./gatehouse up".formatted(where.baseUrl()));
        }
    }
}
