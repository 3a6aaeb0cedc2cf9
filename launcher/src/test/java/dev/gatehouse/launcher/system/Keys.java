package dev.gatehouse.launcher.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** API keys for tests: the installation's own, and ones in a state that only time or an administrator brings about. */
final class Keys {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Keys() {}

    /** The key for a word of the table of errors: {@code ours}, {@code revoked}, {@code expired}, or the text itself. */
    static String of(Stack stack, String word) {
        return switch (word) {
            case "ours" -> stack.key();
            case "revoked" -> stored(stack, "revoked_at", "now()");
            case "expired" -> stored(stack, "expires_at", "now() - interval '1 hour'");
            default -> word;
        };
    }

    /** A new key whose row has a column set to an SQL expression. */
    static String stored(Stack stack, String column, String value) {
        String digits = (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, 32);
        String key = "gh_live_" + digits + checksum(digits);
        int rows = stack.database()
                .update("WITH made AS (INSERT INTO keys (tenant, project, name, " + column + ") SELECT tenant, id, '"
                        + digits + "', " + value + " FROM projects WHERE name = 'default' RETURNING tenant, id)"
                        + " INSERT INTO key_secrets (tenant, key, prefix, hmac, pepper_version) SELECT tenant, id, '"
                        + key.substring(0, 12) + "', '\\x" + hmac(stack, key) + "', 1 FROM made");
        if (rows != 1) {
            throw new AssertionError("there are " + rows + " default projects");
        }
        return key;
    }

    /** A new key with a limit of its own, which the gateways know. */
    static String limited(Stack stack, String what, String per, long amount, String... gateways) {
        String key = stored(stack, "expires_at", "NULL");
        stack.database()
                .update("INSERT INTO limits (tenant, level, subject, what, per, amount) SELECT tenant, 'key', key, '"
                        + what + "', '" + per + "', " + amount + " FROM key_secrets WHERE hmac = '\\x"
                        + hmac(stack, key)
                        + "'");
        double all = Double.parseDouble(stack.database()
                .rows("SELECT count(*) AS n FROM limits")
                .getFirst()
                .getOrDefault("n", ""));
        for (String gateway : gateways) {
            Eventually.holds(
                    Duration.ofSeconds(10),
                    () -> stack.metric(gateway, "gatehouse_quota_limits") == all,
                    () -> gateway + " has not read the limits again");
        }
        return key;
    }

    /** The 6 digits that follow a key's 32. */
    static String checksum(String digits) {
        CRC32 crc = new CRC32();
        crc.update(digits.getBytes(US_ASCII));
        StringBuilder checksum = new StringBuilder();
        for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
            checksum.insert(0, DIGITS.charAt((int) (rest % 62)));
        }
        return checksum.toString();
    }

    private static String hmac(Stack stack, String key) {
        try {
            String pepper = Files.readString(stack.data().secrets().resolve("gateway/pepper.1"));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(pepper.strip()), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(key.getBytes(US_ASCII)));
        } catch (IOException | GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }
}
