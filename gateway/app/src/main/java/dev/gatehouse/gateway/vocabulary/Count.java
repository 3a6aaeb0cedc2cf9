package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/** A question of how many tokens a prompt has. It goes where the prompt itself would go, but nothing is generated and nothing charged. */
public record Count(ModelName model, Wire wire, List<TextField> texts, List<Image> images, Priority priority)
        implements Work {

    private static final Bound NOTHING = new Bound(0, 0, 1);

    @Override
    public Bound bound() {
        return NOTHING;
    }

    @Override
    public Price at(Price listed) {
        return Price.FREE;
    }

    @Override
    public Count rewritten(Wire other) {
        return new Count(model, other, texts, images, priority);
    }
}
