package dev.gatehouse.gateway.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that speaks HTTP/1.1 as badly as a test wants. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    /** @param window receive buffer, in bytes: what the kernel takes of an answer that is not read */
    private RawClient(String url, int window) throws IOException {
        URI at = URI.create(url);
        socket.setReceiveBufferSize(window);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(at.getHost(), at.getPort()));
    }

    static RawClient to(String url) throws IOException {
        return new RawClient(url, 1 << 16);
    }

    static RawClient slowTo(String url) throws IOException {
        return new RawClient(url, 4_096);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** A request with a body of 2 bytes. */
    RawClient post(String path) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi");
    }

    /** Sends one byte again and again until the server closes the connection. */
    void trickle(String letter) throws IOException, InterruptedException {
        try {
            while (socket.getInputStream().available() == 0) {
                send(letter);
                Thread.sleep(20);
            }
        } catch (SocketException closed) {
            return;
        }
    }

    /** What comes until {@code mark}, or until the end when that is earlier. */
    String readTo(String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
                if (text.indexOf(mark, text.length() - mark.length()) >= 0) {
                    break;
                }
            }
        } catch (SocketException reset) {
            text.append("<reset>");
        }
        return text.toString();
    }

    /** Everything until the server closes the connection. */
    String readAll() throws IOException {
        return readTo("\0");
    }

    /** Reads this many bytes and forgets them. */
    void skip(long bytes) throws IOException {
        socket.getInputStream().skipNBytes(bytes);
    }

    /** Reads until the server closes the connection, and says how many bytes came. */
    long drained() throws IOException {
        byte[] chunk = new byte[1 << 16];
        long count = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(chunk)) {
                count += read;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
