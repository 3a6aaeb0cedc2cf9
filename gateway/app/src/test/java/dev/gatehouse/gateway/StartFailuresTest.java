package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Refused starts say one thing, clearly. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
final class StartFailuresTest {

    @TempDir
    private Path secrets;

    @Test
    void namesTheFileOfABadPepper(CapturedOutput said) throws IOException {
        try (TestDatabase database = TestDatabase.create()) {
            database.writeSecrets(secrets);
            Files.writeString(secrets.resolve("pepper.1"), "bad");
            refuses("--gatehouse.database.url=" + database.url());
        }
        assertThat(said.getOut()).contains("the secret file pepper.1 must hold the base64 of 32 random bytes");
        saysOneThing(said);
    }

    @Test
    void saysThatTheDatabaseCannotBeReached(CapturedOutput said) throws IOException {
        try (TestDatabase database = TestDatabase.create()) {
            database.writeSecrets(secrets);
        }
        refuses("--gatehouse.database.url=jdbc:postgresql://127.0.0.1:1/gatehouse");
        assertThat(said.getOut())
                .contains("The database that gatehouse.database.url names cannot be used")
                .contains("127.0.0.1:1");
        saysOneThing(said);
    }

    @Test
    void namesASettingThatIsWrong(CapturedOutput said) {
        refuses(
                "--gatehouse.database.url=jdbc:postgresql://127.0.0.1:1/gatehouse",
                "--gatehouse.database.core-connections=0");
        assertThat(said.getOut()).contains("gatehouse.database.coreConnections");
        saysOneThing(said);
    }

    @Test
    void namesTheFilesOfACertificateThatCannotBeUsed(CapturedOutput said) throws IOException {
        try (TestDatabase database = TestDatabase.create()) {
            database.writeSecrets(secrets);
            Files.writeString(secrets.resolve("pepper.1"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            Files.writeString(secrets.resolve("join.1"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            Files.writeString(secrets.resolve("kek.1"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            Path nothing = secrets.resolve("nothing.pem");
            refuses(
                    "--gatehouse.database.url=" + database.url(),
                    "--gatehouse.edge.certificate=" + nothing,
                    "--gatehouse.edge.private-key=" + nothing);
        }
        assertThat(said.getOut()).contains("gatehouse.edge.certificate").contains("nothing.pem");
        saysOneThing(said);
    }

    private void refuses(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--gatehouse.secrets-directory=" + secrets);
        arguments.add("--gatehouse.edge.port=0");
        assertThatThrownBy(() -> SpringApplication.run(Gateway.class, arguments.toArray(String[]::new)))
                .isInstanceOf(Exception.class);
    }

    private static void saysOneThing(CapturedOutput said) {
        assertThat(said.getOut()).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
    }
}
