package dev.gatehouse.bench.load;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A request that is sent many times.
 *
 * @param to where it is sent
 * @param bytes head and body as they go over the wire
 */
public record Request(InetSocketAddress to, byte[] bytes) {

    /**
     * A POST of JSON on a connection that is kept.
     *
     * @param key the bearer token; empty sends none
     */
    public static Request post(InetSocketAddress to, String path, String key, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String authorization = key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n";
        String head = "POST " + path + " HTTP/1.1\r\nhost: " + to.getHostString() + ":" + to.getPort() + "\r\n"
                + authorization + "content-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        return new Request(to, join(head.getBytes(StandardCharsets.US_ASCII), body));
    }

    private static byte[] join(byte[] head, byte[] body) {
        byte[] both = new byte[head.length + body.length];
        System.arraycopy(head, 0, both, 0, head.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return both;
    }
}
