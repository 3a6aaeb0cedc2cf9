package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTests {

    private static final String BROKEN = "/v1/broken";

    @TempDir
    private Path folder;

    private Path certificate;
    private Path privateKey;
    private X509Certificate first;
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        certificate = folder.resolve("port.crt");
        privateKey = folder.resolve("port.key");
        first = Certificates.write(certificate, privateKey);
        edge = TestEdge.secure(certificate, privateKey);
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void speaksHttp2AndHttp1AsTheClientChooses() throws Exception {
        assertThat(edge.url()).startsWith("https://");
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient http = HttpClient.newBuilder()
                    .sslContext(Certificates.trusting(first))
                    .version(version)
                    .build()) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(edge.url() + BROKEN)).build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.body()).isEqualTo("code:INTERNAL");
            }
        }
    }

    @Test
    void speaksNoVersionBefore12() throws Exception {
        assertThat(protocol("TLSv1.2")).isEqualTo("TLSv1.2");
        assertThat(protocol("TLSv1.3")).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> protocol("TLSv1.1")).isInstanceOf(IOException.class);
    }

    @Test
    void takesNewFilesForNewConnectionsAndLeavesOpenOnesAlone() throws Exception {
        try (SSLSocket open = connect(Certificates.trusting(first), null)) {
            X509Certificate second = Certificates.write(certificate, privateKey);
            SSLContext newOnly = Certificates.trusting(second);
            await().atMost(Duration.ofSeconds(20)).until(() -> accepted(newOnly));
            assertThat(ask(open)).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void keepsWhatItHasWhileTheNewFilesCannotBeUsed() throws Exception {
        TlsFiles files = TlsFiles.of(certificate, privateKey);
        Files.writeString(privateKey, "nothing");
        files.look();
        assertThat(files.keyPair("x").certificateChain()).containsExactly(first);
        assertThat(accepted(Certificates.trusting(first))).isTrue();
        files.close();
    }

    @Test
    void refusesToStartWithAKeyThatIsNotTheCertificates() throws Exception {
        Path other = folder.resolve("other.key");
        Certificates.write(folder.resolve("other.crt"), other);
        assertThatThrownBy(() -> TlsFiles.of(certificate, other))
                .hasMessageContaining("the private key is not the certificate's")
                .hasMessageContaining("other.key");
    }

    private String protocol(String version) throws Exception {
        try (SSLSocket socket = connect(Certificates.trusting(first), version)) {
            return socket.getSession().getProtocol();
        }
    }

    private boolean accepted(SSLContext trust) throws IOException {
        try (SSLSocket socket = connect(trust, null)) {
            return socket.isConnected();
        } catch (SSLException untrusted) {
            return false;
        }
    }

    private SSLSocket connect(SSLContext trust, @Nullable String version) throws IOException {
        URI url = URI.create(edge.url());
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(url.getHost(), url.getPort());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        if (version != null) {
            parameters.setProtocols(new String[] {version});
        }
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET " + BROKEN + " HTTP/1.1\r\nhost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
    }
}
