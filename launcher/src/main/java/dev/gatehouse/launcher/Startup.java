package dev.gatehouse.launcher;

import dev.gatehouse.launcher.Processes.Tier;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.postgres.EmbeddedPostgres;
import dev.gatehouse.launcher.postgres.ExternalPostgres;
import dev.gatehouse.launcher.process.Ports;
import dev.gatehouse.launcher.process.Program;
import dev.gatehouse.launcher.process.RunFile;
import dev.gatehouse.launcher.process.StartCache.Haste;
import dev.gatehouse.launcher.process.Supervised;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import dev.gatehouse.launcher.terminal.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Brings everything up: checks first, then workers and PostgreSQL at the same time, then the gateways. */
final class Startup {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Settings settings;
    private final Build build;
    private final DataDirectory data;
    private final Processes processes;
    private final Narrator narrator;
    private final Progress progress;
    private Optional<Training> training = Optional.empty();

    Startup(Settings settings, Build build, DataDirectory data, Processes processes, Narrator narrator) {
        this.settings = settings;
        this.build = build;
        this.data = data;
        this.processes = processes;
        this.narrator = narrator;
        this.progress = new Progress(narrator, steps(settings));
    }

    /**
     * Returns when everything answers and a model is listed.
     *
     * @throws Failure saying what does not work and what to do
     */
    Started run() throws InterruptedException {
        build.requireApplications();
        Model model = Model.choose(settings.model(), List.of(data.models(), build.models()));
        Secrets secrets = Secrets.open(data);
        new Leftovers(data, narrator).endApplications();
        List<Integer> ports = Ports.choose(settings.port(), settings.gateways());
        narrator.say("checked: applications, model %s, secrets, port %d", model.argument(), ports.getFirst());
        Applications applications = new Applications(build, data, secrets, ports, narrator);
        startAll(applications, model);
        return announced(secrets, applications.gatewayUrl(ports.getFirst()));
    }

    /** What later starts gain from; nothing before {@link #run} has returned. */
    Optional<Training> training() {
        return training;
    }

    /** Returns when everything answers. */
    private void startAll(Applications applications, Model model) throws InterruptedException {
        List<Supervised> workers = IntStream.rangeClosed(1, settings.workers())
                .mapToObj(i -> start(Tier.WORKER, applications.worker(i, settings.workers(), model)))
                .toList();
        String database = database(applications.secrets());
        Training learning = new Training(applications, database, build, data, narrator);
        training = Optional.of(learning);
        if (settings.trainFirst()) {
            learning.run(Haste.WAITED_FOR);
        }
        List<Supervised> gateways = IntStream.rangeClosed(1, settings.gateways())
                .mapToObj(i -> start(Tier.GATEWAY, applications.gateway(i, database, settings.gatewaySettings())))
                .toList();
        for (Supervised worker : workers) {
            awaitReady(worker);
        }
        for (Supervised gateway : gateways) {
            awaitReady(gateway);
        }
    }

    /** JDBC URL of the database, which accepts connections. */
    private String database(Secrets secrets) throws InterruptedException {
        if (settings.databaseUrl().isPresent()) {
            new Leftovers(data, narrator).endPostgres();
            String url = settings.databaseUrl().get();
            ExternalPostgres.require(url, secrets);
            return url;
        }
        EmbeddedPostgres postgres = new EmbeddedPostgres(data, secrets, Build.postgresVersion(), narrator);
        awaitReady(start(Tier.DATABASE, postgres));
        return postgres.url();
    }

    private Supervised start(Tier tier, Program program) {
        Supervised process = processes.start(tier, program);
        process.ready().thenRun(() -> progress.done(process.name() + " answers" + urlOf(process)));
        return process;
    }

    private String urlOf(Supervised process) {
        return RunFile.read(data, process.name())
                .map(said -> " at " + said.url())
                .orElse("");
    }

    private Started announced(Secrets secrets, String gateway) throws InterruptedException {
        String base = gateway + "/v1";
        String metrics = metricsUrl(1);
        if (settings.workers() == 0) {
            return new Started(quickstart(base, secrets, "", metrics), Optional.empty());
        }
        String worker = said(Applications.workerName(1)).url();
        String model = Nodes.model(worker);
        for (int i = 1; i <= settings.gateways(); i++) {
            Nodes.awaitReady(metricsUrl(i), settings.workers());
        }
        progress.done("every gateway knows " + Applications.workerName(1) + ", which serves " + model);
        return new Started(quickstart(base, secrets, worker, metrics), Optional.of(model));
    }

    private static Quickstart quickstart(String base, Secrets secrets, String worker, String metrics) {
        return new Quickstart(
                base, secrets.quickstartKey(), Quickstart.ADMIN, secrets.adminPassword(), worker, metrics);
    }

    private String metricsUrl(int gateway) {
        return Objects.requireNonNullElse(
                said(Applications.gatewayName(gateway)).metricsUrl(), "");
    }

    private RunFile said(String name) {
        return RunFile.read(data, name)
                .orElseThrow(() -> new Failure(Exit.FAULT, RunFile.path(data, name) + " has gone: start again"));
    }

    private static void awaitReady(Supervised process) throws InterruptedException {
        try {
            process.ready().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw process.late(LIMIT);
        } catch (ExecutionException givenUp) {
            throw givenUp.getCause() instanceof Failure failure ? failure : new IllegalStateException(givenUp);
        }
    }

    private static int steps(Settings settings) {
        int database = settings.databaseUrl().isPresent() ? 0 : 1;
        return database + settings.workers() + settings.gateways() + Math.min(1, settings.workers());
    }
}
