package dev.gatehouse.worker.fit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Machines that people run models on: memory that a model may take, and how fast it is read. Figures of their makers. */
public enum Machine {
    M2_ULTRA("m2-ultra", 192, 0.75, 800),
    M3_ULTRA("m3-ultra", 512, 0.75, 819),
    M4_MAX("m4-max", 128, 0.75, 546),
    H100("h100", 80, 0.95, 3_350),
    H200("h200", 141, 0.95, 4_800),
    RTX_5090("rtx-5090", 32, 0.95, 1_792),
    /** Two sockets of twelve channels of DDR5-4800. */
    EPYC_2S("epyc-2s", 768, 0.95, 921);

    private static final double GIGA = 1e9;

    private final String text;
    private final int gigabytes;
    private final double share;
    private final double gigabytesPerSecond;

    /** @param share of the memory that a model may have: what the system and its limits leave */
    Machine(String text, int gigabytes, double share, double gigabytesPerSecond) {
        this.text = text;
        this.gigabytes = gigabytes;
        this.share = share;
        this.gigabytesPerSecond = gigabytesPerSecond;
    }

    /** @throws IllegalArgumentException it is none; the message says which there are */
    public static Machine parse(String text) {
        return Arrays.stream(values())
                .filter(machine -> machine.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no machine " + text + ". There are: "
                        + Arrays.stream(values()).map(Machine::text).collect(Collectors.joining(", "))));
    }

    public String text() {
        return text;
    }

    /** One memory for everything, however it is called. */
    public Memory memory() {
        return new Memory((long) (gigabytes * share * GIGA), 0);
    }

    /** Bytes a second. */
    public double bandwidth() {
        return gigabytesPerSecond * GIGA;
    }
}
