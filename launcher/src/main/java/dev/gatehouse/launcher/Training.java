package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.FileTree;
import dev.gatehouse.launcher.process.LogFile;
import dev.gatehouse.launcher.process.StartCache;
import dev.gatehouse.launcher.process.StartCache.Haste;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Teaches the JVM how our applications start, once for a build: later starts are faster. */
record Training(
        Applications applications, DatabaseAddress database, Build build, DataDirectory data, Narrator narrator) {
    /** Returns when there is nothing more to learn. */
    void run(Haste haste) throws InterruptedException {
        Path scratch = data.root().resolve("training");
        try {
            learn("gateway", build.gateway(), applications.gatewayInTraining(database), haste);
            learn("worker", build.worker(), applications.workerInTraining(scratch), haste);
        } catch (IOException refused) {
            narrator.say("the next start will be no faster: %s", refused);
        } finally {
            delete(scratch);
        }
    }

    /** Whether every application has a cache that fits. */
    boolean done() throws IOException {
        return new StartCache(build.gateway()).state() == StartCache.State.FITS
                && new StartCache(build.worker()).state() == StartCache.State.FITS;
    }

    private void learn(String name, Path jar, List<String> arguments, Haste haste)
            throws IOException, InterruptedException {
        StartCache cache = new StartCache(jar);
        switch (cache.state()) {
            case FITS, IMPOSSIBLE -> {
                return;
            }
            case STALE -> narrator.say("the start-up cache of the %s fits other files, flags or another JDK", name);
            case MISSING -> {}
        }
        LogFile log = new LogFile(data.logs().resolve("training-" + name + ".log"), narrator);
        if (cache.train(arguments, haste, log)) {
            narrator.say("the %s's next start will be faster: its start-up cache is made", name);
        } else {
            narrator.say("no start-up cache was made for the %s: see %s", name, log.path());
        }
    }

    private void delete(Path scratch) {
        try {
            FileTree.delete(scratch);
        } catch (IOException refused) {
            narrator.say("%s is left over and can be deleted: %s", scratch, refused);
        }
    }
}
