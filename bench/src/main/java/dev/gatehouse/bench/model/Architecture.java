package dev.gatehouse.bench.model;

/** What llama.cpp calls a kind of model: its name, its metadata, and the tensors of its attention. */
interface Architecture {

    /** As {@code general.architecture} says it. */
    String name();

    void describe(GgufFile file, int vocabulary);

    /** Adds a layer's attention, its first norm included. */
    void attention(String block, ShapedModel model);
}
