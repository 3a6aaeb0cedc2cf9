package dev.gatehouse.worker.engine;

/** How a file's weights come into memory. */
public enum LoadMode {
    /** As llama.cpp finds best for the device. */
    AUTO("auto"),
    /** Mapped: pages are read when they are needed, and a model larger than the memory runs, slowly. */
    MMAP("mmap"),
    /** Read at once. */
    READ("none"),
    /** Read at once and never swapped out. */
    MLOCK("mlock"),
    /** Read past the page cache. */
    DIRECT_IO("dio");

    private final String text;

    LoadMode(String text) {
        this.text = text;
    }

    /** As llama.cpp names it. */
    String text() {
        return text;
    }
}
