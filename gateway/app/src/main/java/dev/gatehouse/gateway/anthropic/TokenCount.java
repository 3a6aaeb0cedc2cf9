package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.dialect.Visitor;
import dev.gatehouse.gateway.dialect.WholeAnswer;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;

/** The answer to how many tokens a message would have. */
final class TokenCount extends WholeAnswer {

    TokenCount(Visitor visitor, AnthropicErrors errors) {
        super(visitor, errors);
    }

    /** Nothing is generated. */
    @Override
    public void spans(List<Span> spans) {}

    @Override
    public boolean restart() {
        return true;
    }

    @Override
    protected byte[] body(Reason reason, Usage usage) {
        return Json.object(json -> json.writeNumberProperty("input_tokens", usage.prompt()));
    }
}
