package dev.gatehouse.launcher.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;

/** Bytes on a socket, for requests that no client would send. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    static RawHttp connect(String url) throws IOException {
        URI to = URI.create(url);
        Socket socket = new Socket(to.getHost(), to.getPort());
        socket.setSoTimeout(40_000);
        return new RawHttp(socket);
    }

    RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the other side closes, or until the head and as many bytes as it announces are there. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            answer.append((char) b);
            if (complete(answer)) {
                break;
            }
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static boolean complete(StringBuilder answer) {
        int head = answer.indexOf("\r\n\r\n");
        int length = answer.indexOf("content-length: ");
        if (head < 0 || length < 0 || length > head) {
            return false;
        }
        int end = answer.indexOf("\r\n", length);
        return answer.length() >= head + 4 + Integer.parseInt(answer.substring(length + 16, end));
    }
}
