package dev.gatehouse.launcher.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Reads a worker's own records over the node protocol, with tickets made from the installation's secrets. */
record NodeRecords(Stack stack, String node) {

    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** All records of an intent. */
    JsonNode of(String intent) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(stack.url(node) + "/node/v1/exchanges?intent=" + intent))
                    .header("gh-ticket", ticket(intent))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return Client.JSON.readTree(answer.body()).path("exchanges");
        } catch (IOException | GeneralSecurityException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String ticket(String intent) throws IOException, GeneralSecurityException {
        byte[] claims = ("{\"verb\":\"recover\",\"intent\":\"" + intent + "\",\"attempt\":0,\"node\":\"" + node
                        + "\",\"cap\":0,\"sha256\":\"" + EMPTY_SHA256 + "\",\"exp\":"
                        + (Instant.now().getEpochSecond() + 30) + "}")
                .getBytes(US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key(), "HmacSHA256"));
        return BASE64.encodeToString(claims) + "." + BASE64.encodeToString(mac.doFinal(claims));
    }

    private byte[] key() throws IOException {
        Path file = stack.data().root().resolve("secrets/worker").resolve(node).resolve("node-key");
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
