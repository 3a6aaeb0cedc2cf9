package dev.gatehouse.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeFileTest {

    private static final String COMPOSE = Compose.FILE;

    @Test
    void agreesWithAllThatItNames() {
        assertThat(Deployment.faults(Repository.here())).isEmpty();
    }

    @Test
    void findsAllThatTheDocumentsNameInTheCode() {
        Repository here = Repository.here();
        Set<String> read = new HashSet<>(PropertyRecords.of(here, "gateway/app/src/main/java"));
        read.addAll(PropertyRecords.of(here, "inference-worker/src/main/java"));
        read.add("gatehouse.secrets-directory");
        assertThat(Deployment.documented(here)).hasSizeGreaterThan(20).isSubsetOf(read);
    }

    /** Names that only the compose file has to change for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dockerfile: gateway/Dockerfile | dockerfile: gateway/Containerfile | gateway cannot be built",
                "context: . | context: ./gateway | gateway cannot be built",
                "./deploy/postgres/10-roles.sh: | ./deploy/postgres/11-roles.sh: | 11-roles.sh, which is not there",
                "- worker:/var/lib/gatehouse | - ledger:/var/lib/gatehouse | worker mounts ledger",
                "- worker:/var/lib/gatehouse | - worker:/var/lib/ledger | worker has no /var/lib/gatehouse",
                "BASE_IMAGE: | RUNTIME_IMAGE: | gateway names the argument RUNTIME_IMAGE",
                "${GATEHOUSE_PORT:-8080} | ${GATEHOUSE_PORT} | ${GATEHOUSE_PORT} has no default",
                "${POSTGRES_IMAGE:-postgres:18} | ${POSTGRES_IMAGE:-} | ${POSTGRES_IMAGE:-} has no default",
                "secrets: [node-key] | secrets: [worker-key] | worker names the secret worker-key",
                "secrets: [node-key] | secrets: [] | no service uses the secret node-key",
                "secrets.d/kek.1 | secrets.d/kek | the secret kek.1 is not of secrets.d",
                "pepper.1 | pepper.2 | deploy/secrets does not make pepper.2",
                "/run/secrets/database-superuser | /run/secrets/superuser | POSTGRES_PASSWORD_FILE of postgres",
                "database-tenant, | database-owner, | postgres cannot read the secret database-tenant",
                "gatehouse.edge.port=8080 | gatehouse.edge.http-port=8080 | docs/configuration.md has no gatehouse.edge.http-port",
                "gatehouse.edge.port=8080 | gatehouse.edge.port=8081 | gateway listens on 8081 and exposes 8080",
                ":-8080}:8080 | :-8080}:8081 | gateway listens on 8080, not on",
                "gatehouse.worker.node.port=9090 | gatehouse.worker.node.port=9091 | the health check of worker asks 9090",
                "gatehouse.edge.address=0.0.0.0 | gatehouse.edge.address=127.0.0.1 | gateway is closed",
                "=http://worker:9090 | =http://node:9090 | worker:9090 is where it listens",
                "-http://gateway:8080} | -http://gateway:80} | gateway:8080 is where it listens",
                "//postgres:5432 | //database:5432 | postgres:5432 is where it listens",
                "5432/gatehouse | 5432/gateway | the database is called gatehouse",
                "secrets-directory=/run/secrets | secrets-directory=/secrets | looks for its secrets elsewhere",
                "models/tiny-moe-q8_0.gguf | models/tiny-moe.gguf | worker has no /opt/gatehouse/models/tiny-moe.gguf",
                "natives=/opt/gatehouse/native/lib | natives=/opt/gatehouse/lib/native | worker has no /opt/gatehouse/lib/native",
                "'      gateway:\n        condition' | '      door:\n        condition' | worker names the service door",
                "condition: service_healthy | condition: service_started | does not wait for the health",
                "healthcheck: | health: | postgres has no health check",
                "networks: [inside] | networks: [outside] | gateway names the network outside"
            })
    void isAtFaultWhenItNamesSomethingElse(String from, String to, String fault) {
        isAtFault(COMPOSE, from, to, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway/Dockerfile | target/gateway.jar | target/app.jar | nothing builds gateway/app/target/app.jar",
                "gateway/Dockerfile | gateway.jar gateway.jar | gateway.jar app.jar | gateway.jar, which is not copied",
                "gateway/Dockerfile | target/lib | target/libs | nothing builds gateway/app/target/libs",
                "gateway/Dockerfile | EXPOSE 8080 | EXPOSE 8081 | gateway listens on 8080 and exposes 8081",
                "gateway/Dockerfile | 127.0.0.1/8080 | 127.0.0.1/80 | the health check of gateway asks 80",
                "gateway/Dockerfile | HEALTHCHECK | LABEL | the health check of gateway asks",
                "gateway/Dockerfile | /health/ready | /health/up | gateway does not answer /health/up",
                "gateway/Dockerfile | -pl gateway/app | -pl gateway | gateway names the module gateway",
                "gateway/Dockerfile | ARG BASE_IMAGE=eclipse-temurin:25-jre | ARG BASE_IMAGE | gateway names the argument BASE_IMAGE",
                "gateway/app/pom.xml | <finalName>gateway< | <finalName>app< | nothing builds gateway/app/target/gateway.jar",
                "inference-worker/Dockerfile | /src/inference-worker/models | /src/models | nothing builds models",
                "inference-worker/Dockerfile | /node/v1/health | /node/v2/health | worker does not answer /node/v2/health",
                "inference-worker/pom.xml | directory}/native< | directory}/natives< | nothing builds inference-worker/target/native/lib",
                "pom.xml | directory}/lib< | directory}/libs< | nothing builds inference-worker/target/lib",
                "deploy/secrets | node-key | worker-key | deploy/secrets does not make node-key",
                "deploy/secrets | signing.1 | sign.1 | deploy/secrets does not make signing.1",
                "deploy/secrets | secrets.d} | secret} | deploy/secrets does not write to secrets.d",
                "deploy/postgres/10-roles.sh | role gh_core | role core | does not make the role gh_core",
                "deploy/postgres/10-roles.sh | database-append | database-appender | does not make the role gh_append",
                ".dockerignore | deploy/secrets.d | deploy/secret | an image would hold the secrets",
                "docs/configuration.md | `gatehouse.worker.engine.natives` | `gatehouse.worker.engine.libraries` | docs/configuration.md has no gatehouse.worker.engine.natives"
            })
    void isAtFaultWhenWhatItNamesIsRenamed(String file, String from, String to, String fault) {
        isAtFault(file, from, to, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway/app/src/main/java/dev/gatehouse/gateway/edge/EdgeProperties.java | int port | int publicPort | gateway does not read gatehouse.edge.port",
                "gateway/app/src/main/java/dev/gatehouse/gateway/database/DatabaseProperties.java | gatehouse.database | gatehouse.db | gateway does not read gatehouse.database.url",
                "gateway/app/src/main/resources/application.yaml | gatehouse.secrets-directory | gatehouse.secrets | gateway does not read gatehouse.secrets-directory",
                "inference-worker/src/main/java/dev/gatehouse/worker/Settings.java | NodeSettings node | NodeSettings server | worker does not read gatehouse.worker.node.gateways",
                "inference-worker/src/main/java/dev/gatehouse/worker/Settings.java | secretsDirectory | secrets | worker does not read gatehouse.worker.secrets-directory",
                "inference-worker/src/main/java/dev/gatehouse/worker/EngineSettings.java | Path natives | Path libraries | worker does not read gatehouse.worker.engine.natives",
                "inference-worker/src/main/java/dev/gatehouse/worker/ledger/LedgerSettings.java | Path directory | Path folder | worker does not read gatehouse.worker.ledger.directory"
            })
    void isAtFaultWhenAPropertyIsRenamedInTheCode(String file, String from, String to, String fault) {
        isAtFault(file, from, to, fault);
    }

    private static void isAtFault(String file, String from, String to, String fault) {
        assertThat(Deployment.faults(Repository.here().edited(file, from, to)))
                .anySatisfy(said -> assertThat(said).contains(fault));
    }
}
