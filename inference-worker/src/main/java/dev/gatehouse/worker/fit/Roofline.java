package dev.gatehouse.worker.fit;

/**
 * The most tokens a second that memory allows when it holds everything: a step reads what every token needs once, the experts
 * that any of its tokens chose, and each sequence's KV cache. Experts are chosen uniformly and independently, which is the
 * worst case (the roofline of Williams, Waterman and Patterson, CACM 2009, with arithmetic left out).
 *
 * @param bandwidth bytes a second
 */
public record Roofline(Anatomy model, KvType type, double bandwidth) {

    /** Distinct experts of a layer that so many tokens use. */
    public double experts(int tokens) {
        double unused = 1 - (double) model.used() / Math.max(1, model.experts());
        return model.experts() * (1 - Math.pow(unused, tokens));
    }

    /** Bytes that a step reads for so many sequences with so many tokens of context each. */
    public double bytesPerStep(int sequences, int context) {
        double routed =
                model.experts() == 0 ? model.expertBytes() : model.expertBytes() * experts(sequences) / model.experts();
        return model.commonBytes() + routed + (double) sequences * context * model.kvBytes(type);
    }

    /** Of all sequences together. */
    public double tokensPerSecond(int sequences, int context) {
        return sequences * bandwidth / bytesPerStep(sequences, context);
    }
}
