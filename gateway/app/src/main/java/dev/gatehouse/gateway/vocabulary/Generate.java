package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/** A chat completion. */
public record Generate(
        ModelName model, Wire wire, List<TextField> texts, List<Image> images, Bound bound, Priority priority)
        implements Work {

    @Override
    public Price at(Price listed) {
        return listed;
    }

    @Override
    public Generate rewritten(Wire other) {
        return new Generate(model, other, texts, images, bound, priority);
    }
}
