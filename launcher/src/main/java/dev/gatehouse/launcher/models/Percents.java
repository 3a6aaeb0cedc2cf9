package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Narrator;
import java.util.OptionalLong;

/** Says how far a file is, each time another twentieth has come; it never runs backwards. */
final class Percents implements Download.Listener {

    private static final int STEP = 5;
    private static final double MB = 1e6;

    private final String name;
    private final Narrator narrator;
    private long said = -1;

    Percents(String name, Narrator narrator) {
        this.name = name;
        this.narrator = narrator;
    }

    @Override
    public void at(long bytes, OptionalLong size) {
        if (size.isEmpty() || size.getAsLong() == 0) {
            return;
        }
        long percent = bytes * 100 / size.getAsLong() / STEP * STEP;
        if (percent > said) {
            said = percent;
            narrator.say("%s %3d %% of %.0f MB", name, percent, size.getAsLong() / MB);
        }
    }
}
