package dev.gatehouse.worker.fit;

/**
 * Where the parts of a model go.
 *
 * @param gpuLayers layers whose weights and KV cache are on a GPU, the output as one more; −1: all
 * @param expertsOnCpu first layers whose routed experts stay with the processor
 */
public record Placement(int gpuLayers, int expertsOnCpu) {

    /** All of it. */
    public static final Placement CPU = new Placement(0, 0);

    public static final Placement GPU = new Placement(-1, 0);

    @Override
    public String toString() {
        if (gpuLayers == 0) {
            return "all on the CPU";
        }
        String layers = gpuLayers < 0 ? "all layers on the GPU" : gpuLayers + " layers on the GPU";
        return expertsOnCpu == 0 ? layers : layers + ", the experts of the first " + expertsOnCpu + " on the CPU";
    }
}
