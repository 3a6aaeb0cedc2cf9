package dev.gatehouse.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.vocabulary.NodeName;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HkdfNodeSignaturesTest {

    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = Base64.getEncoder().encodeToString(new byte[32]);
    private static final NodeName NODE = new NodeName("worker-1");
    private static final byte[] CLAIMS = "claims".getBytes(UTF_8);

    private final NodeSignatures before = signatures(Map.of(1, OLD));
    private final NodeSignatures after = signatures(Map.of(1, OLD, 2, NEW));

    @Test
    void deriveAsRfc5869TestCase3Does() throws GeneralSecurityException {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        assertThat(HkdfNodeSignatures.derive(secret, new byte[0], 42))
                .asHexString()
                .isEqualToIgnoringCase(
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    /** The expected value was computed by another implementation, of HKDF from HMAC alone. */
    @Test
    void signUnderTheKeyOfTheNodesName() {
        assertThat(before.sign(NODE, CLAIMS))
                .isEqualTo(HexFormat.of().parseHex("e0655a5eaedbf03a52216143f2dbb02433a3bbb4fe5e580f456e8971433e9bf9"));
    }

    @Test
    void stillVerifyAnOldSecretAfterRotation() {
        assertThat(after.verify(NODE, CLAIMS, before.sign(NODE, CLAIMS))).isTrue();
    }

    @Test
    void signWithTheNewestSecret() {
        byte[] mac = after.sign(NODE, CLAIMS);
        assertThat(after.verify(NODE, CLAIMS, mac)).isTrue();
        assertThat(before.verify(NODE, CLAIMS, mac)).isFalse();
        assertThat(signatures(Map.of(2, NEW)).sign(NODE, CLAIMS)).isEqualTo(mac);
    }

    @Test
    void countTheTenthSecretAsNewerThanTheNinth() {
        assertThat(signatures(Map.of(9, OLD, 10, NEW)).sign(NODE, CLAIMS)).isEqualTo(after.sign(NODE, CLAIMS));
    }

    @Test
    void refuseOtherClaimsNodesAndLengths() {
        byte[] mac = after.sign(NODE, CLAIMS);
        assertThat(after.verify(NODE, "claim".getBytes(UTF_8), mac)).isFalse();
        assertThat(after.verify(new NodeName("worker-2"), CLAIMS, mac)).isFalse();
        assertThat(after.verify(NODE, CLAIMS, Arrays.copyOf(mac, 31))).isFalse();
        assertThat(after.verify(NODE, CLAIMS, new byte[0])).isFalse();
    }

    @Test
    void agreeOnManyThreads() {
        byte[] mac = after.sign(NODE, CLAIMS);
        assertThat(IntStream.range(0, 10_000).parallel().mapToObj(i -> after.sign(NODE, CLAIMS)))
                .allMatch(other -> Arrays.equals(other, mac));
    }

    @Test
    void nameTheSecretFileThatIsMissingOrMalformed() {
        assertThatThrownBy(() -> JoinSecrets.of(Map.of())).hasMessageContaining("join.1");
        assertThatThrownBy(() -> JoinSecrets.of(Map.of(1, OLD, 2, "no base64")))
                .hasMessageContaining("join.2 is not base64 of 32 bytes");
        assertThatThrownBy(() -> JoinSecrets.of(Map.of(3, "c2hvcnQ="))).hasMessageContaining("join.3");
    }

    private static NodeSignatures signatures(Map<Integer, String> files) {
        return new HkdfNodeSignatures(JoinSecrets.of(files));
    }
}
