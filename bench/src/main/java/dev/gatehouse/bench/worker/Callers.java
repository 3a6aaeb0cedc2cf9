package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.host.ModelServer;
import dev.gatehouse.bench.host.ProcessTree;
import dev.gatehouse.bench.load.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;

/** Those who ask one server, which ends with them. */
final class Callers implements AutoCloseable {

    private final ModelServer server;
    private final String model;

    Callers(ModelServer server, String model) {
        this.server = server;
        this.model = model;
    }

    /** The server's name. */
    String name() {
        return server.name();
    }

    ProcessTree processes() {
        return server.processes();
    }

    Stream open(Chat chat) {
        return Stream.open(server.url().resolve("/v1/chat/completions"), chat.json(model));
    }

    Heard ask(Chat chat) throws InterruptedException {
        return together(List.of(chat)).getFirst();
    }

    /**
     * All at once.
     *
     * @throws WrongAnswerException if an answer is missing or has another length than was asked for
     */
    List<Heard> together(List<Chat> chats) throws InterruptedException {
        List<Stream> streams = chats.stream().map(this::open).toList();
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Heard heard = streams.get(i).await();
            if (heard.completion() != chats.get(i).tokens() || heard.arrivals().length == 0) {
                throw new WrongAnswerException("%s answered %d tokens instead of %d"
                        .formatted(name(), heard.completion(), chats.get(i).tokens()));
            }
            all.add(heard);
        }
        return all;
    }

    @Override
    public void close() {
        server.close();
    }
}
