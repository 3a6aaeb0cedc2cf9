package dev.gatehouse.worker.llama;

import java.util.List;
import java.util.Locale;

/** What models are computed on. */
public enum Backend {
    /** Every GPU that there is a driver for, else the processor. */
    AUTO("*"),
    CPU(""),
    CUDA("CUDA"),
    VULKAN("Vulkan"),
    METAL("Metal,MTL");

    private final String gpus;

    Backend(String gpus) {
        this.gpus = gpus;
    }

    /** llama.cpp's names of the GPU backends that may be loaded, separated by commas; {@code *} for all. */
    String gpus() {
        return gpus;
    }

    /** @throws LlamaException it is not among these devices; the text says how to get it */
    void requireAmong(List<LlamaLibrary.Device> devices) {
        if (!isAmong(devices)) {
            String name = name().toLowerCase(Locale.ROOT);
            throw new LlamaException(
                    LlamaException.Code.STATE,
                    "the backend " + name + " is configured and there is no such device, only " + devices
                            + ". It needs natives with llama.cpp's library for " + name
                            + " (docs/configuration.md, Backends) and a driver that sees the device; the lines of"
                            + " llama.cpp in the log before this one say what it found. Or choose another backend");
        }
    }

    private boolean isAmong(List<LlamaLibrary.Device> devices) {
        List<String> names = List.of(gpus.split(","));
        return this == AUTO || this == CPU || devices.stream().anyMatch(device -> names.contains(device.backend()));
    }
}
