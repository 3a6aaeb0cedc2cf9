package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.vocabulary.Generate;

/** A chat completion request as read: the work, and how the client wants the answer. */
record Chat(Generate work, boolean stream, boolean includeUsage) {

    /** The same, whose stream tells at its end what it took. */
    Chat withUsage() {
        return new Chat(work, stream, true);
    }
}
