package dev.gatehouse.bench.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The key of one node: it signs the node's registration and checks the gateway's tickets. */
final class NodeKey {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final JsonMapper JSON = new JsonMapper();

    private final Mac mac;

    private NodeKey(Mac mac) {
        this.mac = mac;
    }

    /** HKDF-SHA-256 of the gateways' join secret and the node's name. */
    static NodeKey derive(byte[] joinSecret, String nodeName) {
        byte[] info = ("gatehouse node " + nodeName).getBytes(StandardCharsets.UTF_8);
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(joinSecret)
                                    .addSalt(new byte[0])
                                    .thenExpand(info, 32));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return new NodeKey(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF-SHA256 or HmacSHA256: use JDK 25", e);
        }
    }

    String sign(Claims claims) {
        byte[] json = JSON.writeValueAsBytes(claims);
        return ENCODER.encodeToString(json) + "." + ENCODER.encodeToString(mac(json));
    }

    /** The claims of a ticket with a right signature; empty for any other text. */
    Optional<Claims> verify(String ticket) {
        int dot = ticket.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] json = DECODER.decode(ticket.substring(0, dot));
            byte[] signature = DECODER.decode(ticket.substring(dot + 1));
            return MessageDigest.isEqual(signature, mac(json))
                    ? Optional.of(JSON.readValue(json, Claims.class))
                    : Optional.empty();
        } catch (IllegalArgumentException | JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** Lower-case hexadecimal SHA-256. */
    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private byte[] mac(byte[] json) {
        try {
            return ((Mac) mac.clone()).doFinal(json);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own HmacSHA256 can be cloned", e);
        }
    }
}
