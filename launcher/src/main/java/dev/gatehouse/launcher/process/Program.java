package dev.gatehouse.launcher.process;

import java.io.IOException;
import java.nio.file.Path;

/** Something that can be started, asked and stopped, again and again. Calls for one program never overlap. */
public interface Program {
    /** Its name among the processes of one installation, such as {@code worker-1}. */
    String name();

    /**
     * Starts it, or takes over what is running already.
     *
     * @throws IOException when the operating system refuses
     */
    Running start() throws IOException;

    /** Whether it answers; returns within a few seconds. */
    boolean ready(Running running);

    /** Asks it to end; does not wait. */
    void stop(Running running);

    /** What a person can do when it does not get ready, after a colon. */
    default String remedy() {
        return "correct what its log says";
    }

    /** Where its output goes. */
    Path log();
}
