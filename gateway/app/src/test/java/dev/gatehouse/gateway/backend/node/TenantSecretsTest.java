package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.audit.TicketFixture;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TenantSecretsTest {

    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = Base64.getEncoder().encodeToString(new byte[32]);
    static final TenantId TENANT = new TenantId(UUID.fromString("01999999-0000-7000-8000-00000000000a"));
    private static final TenantId OTHER = new TenantId(UUID.fromString("01999999-0000-7000-8000-00000000000b"));

    /** Of an installation with one key-encryption key. */
    static final TenantSecrets SECRETS = TenantSecretsConfiguration.of(Map.of(1, OLD));

    /** The values in the example were computed by another implementation, of HKDF from HMAC alone. */
    @Test
    void goWithARunUnderItsSignature() {
        IntentId intent = IntentId.parse("01999999-0000-7000-8000-000000000001");
        Claims claims = new Claims(Clock.fixed(Instant.ofEpochSecond(1795500060 - 30), ZoneOffset.UTC));
        String ticket = claims.sign(
                TicketFixture.of(intent),
                Claims.Verb.RUN,
                1,
                new NodeName("worker-1"),
                256,
                new byte[0],
                SECRETS.claim(TENANT));
        String signed = new String(
                Base64.getUrlDecoder().decode(ticket.substring(0, ticket.indexOf('.'))), StandardCharsets.US_ASCII);
        assertThat(signed).isEqualTo(new String(NodeProtocol.example("run-claims.json"), StandardCharsets.US_ASCII));
    }

    @Test
    void areThoseOfOneTenantUnderOneKey() {
        assertThat(SECRETS.claim(TENANT))
                .isEqualTo(TenantSecretsConfiguration.of(Map.of(1, OLD)).claim(TENANT))
                .isNotEqualTo(SECRETS.claim(OTHER))
                .isNotEqualTo(TenantSecretsConfiguration.of(Map.of(1, NEW)).claim(TENANT));
    }

    @Test
    void areDerivedFromTheNewestKey() {
        assertThat(TenantSecretsConfiguration.of(Map.of(9, NEW, 10, OLD)).claim(TENANT))
                .isEqualTo(SECRETS.claim(TENANT));
    }

    @Test
    void nameTheFileThatIsMissingOrMalformedAndNothingInIt() {
        assertThatThrownBy(() -> TenantSecretsConfiguration.of(Map.of())).hasMessageContaining("kek.1");
        assertThatThrownBy(() -> TenantSecretsConfiguration.of(Map.of(1, OLD, 2, "c2hvcnQ=")))
                .hasMessageContaining("kek.2 is not base64 of 32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> TenantSecretsConfiguration.of(Map.of(3, "no base64")))
                .hasMessageContaining("kek.3");
    }
}
