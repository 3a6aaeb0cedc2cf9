package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.Program;
import dev.gatehouse.launcher.process.Supervised;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The running processes of one installation, in the tiers in which they stop. */
final class Processes {
    /** More than a worker gives its running exchanges (20 s), which is more than a gateway does. */
    static final Duration APPLICATION_GRACE = Duration.ofSeconds(25);

    private final DataDirectory data;
    private final Narrator narrator;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Failure> givenUp = new CompletableFuture<>();

    /** Tiers in the order of stopping; the grace is what a process gets to end by itself. */
    enum Tier {
        GATEWAY(APPLICATION_GRACE),
        WORKER(APPLICATION_GRACE),
        DATABASE(Duration.ofSeconds(35));

        private final Duration grace;

        Tier(Duration grace) {
            this.grace = grace;
        }
    }

    /** The longest that {@link #stop} takes. */
    static Duration longestStop() {
        return Arrays.stream(Tier.values()).map(tier -> tier.grace).reduce(Duration.ZERO, Duration::plus);
    }

    private record Member(Tier tier, Supervised process) {}

    Processes(DataDirectory data, Narrator narrator) {
        this.data = data;
        this.narrator = narrator;
    }

    Supervised start(Tier tier, Program program) {
        Supervised process = Supervised.start(data, program, narrator);
        members.add(new Member(tier, process));
        process.givenUp().thenAccept(givenUp::complete);
        return process;
    }

    /** Completes when one of them keeps crashing. */
    CompletableFuture<Failure> givenUp() {
        return givenUp;
    }

    /** Lets each end when it will: a signal for the whole process group has reached them too. */
    void startNoMore() {
        members.forEach(member -> member.process.startNoMore());
    }

    /** Stops tier after tier and waits for each. */
    void stop() {
        startNoMore();
        for (Tier tier : Tier.values()) {
            List<Supervised> processes = members.stream()
                    .filter(member -> member.tier == tier)
                    .map(Member::process)
                    .toList();
            processes.forEach(this::stop);
            processes.forEach(process -> process.awaitEnd(tier.grace));
        }
    }

    /** Kills what still runs. */
    void kill() {
        members.forEach(member -> member.process.kill());
    }

    private void stop(Supervised process) {
        narrator.say("stopping %s", process.name());
        process.stop();
    }
}
