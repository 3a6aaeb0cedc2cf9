package dev.gatehouse.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** Made-up values of each kind; nobody's. */
final class Samples {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Samples() {}

    static String random(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }

    static String base62(Random random, int length) {
        return random(random, BASE62, length);
    }

    static String gatewayKey(Random random) {
        String digits = base62(random, 32);
        CRC32 crc = new CRC32();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        StringBuilder checksum = new StringBuilder();
        for (long left = crc.getValue(), i = 0; i < 6; i++, left /= 62) {
            checksum.insert(0, BASE62.charAt((int) (left % 62)));
        }
        return "gh_live_" + digits + checksum;
    }

    /** What passes of a credential, and the rest of it. */
    static List<Map.Entry<String, String>> secrets(Random random) {
        String url = BASE62 + "-_";
        List<Map.Entry<String, String>> secrets = new ArrayList<>();
        secrets.add(Map.entry("AKIA", random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)));
        secrets.add(Map.entry("ASIA", random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)));
        for (String github : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            secrets.add(Map.entry(github, base62(random, 36)));
        }
        secrets.add(Map.entry("github_pat_", base62(random, 22) + "_" + base62(random, 59)));
        secrets.add(Map.entry("glpat-", random(random, url, 20)));
        secrets.add(Map.entry(
                "xoxb-",
                random(random, "0123456789", 12) + "-" + random(random, "0123456789", 12) + "-" + base62(random, 24)));
        secrets.add(Map.entry("sk-", base62(random, 20) + "T3BlbkFJ" + base62(random, 20)));
        secrets.add(Map.entry("sk-proj-", random(random, url, 74) + "T3BlbkFJ" + random(random, url, 74)));
        secrets.add(Map.entry("sk-ant-", "api03-" + random(random, url, 93) + "AA"));
        secrets.add(Map.entry("AIza", random(random, url, 35)));
        secrets.add(Map.entry("sk_live_", base62(random, 24)));
        secrets.add(Map.entry("rk_live_", base62(random, 24)));
        secrets.add(Map.entry("npm_", base62(random, 36)));
        secrets.add(Map.entry("pypi-AgE", "IcHlwaS5vcmc" + random(random, url, 130)));
        secrets.add(
                Map.entry("eyJ", "hbGciOiJIUzI1NiJ9.eyJ" + random(random, url, 60) + "." + random(random, url, 43)));
        return secrets;
    }

    /** An IBAN in groups of four, with the right check digits. */
    static String iban(Random random) {
        String account = random(random, "0123456789", 18);
        int remainder = 0;
        for (char c : (account + "131400").toCharArray()) {
            remainder = (remainder * 10 + c - '0') % 97;
        }
        String iban = "DE%02d%s".formatted(98 - remainder, account);
        return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?!$)", "$1 ");
    }

    static String address(Random random) {
        return base62(random, 1 + random.nextInt(20)) + "@" + base62(random, 8) + ".example.org";
    }
}
