package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port's certificate and key, from two PEM files that are looked at again and again. When they change, new connections get the new ones; open
 * ones stay as they are. Files that cannot be used change nothing and are said in the log.
 */
final class TlsFiles implements TlsProvider {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    static final Duration EVERY = Duration.ofSeconds(1);
    private static final int CHALLENGE = 32;

    private final Path certificate;
    private final Path privateKey;
    private final Thread thread = Thread.ofVirtual().name("certificate").unstarted(this::watch);
    private Contents seen;
    private volatile TlsKeyPair current;

    private record Contents(byte[] certificate, byte[] privateKey) {

        boolean sameAs(Contents other) {
            return Arrays.equals(certificate, other.certificate) && Arrays.equals(privateKey, other.privateKey);
        }
    }

    private TlsFiles(Path certificate, Path privateKey) throws IOException, GeneralSecurityException {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.seen = contents();
        this.current = pair(seen);
    }

    /**
     * Reads the files, and watches them from then on.
     *
     * @throws IllegalStateException when they cannot be used; names them
     */
    static TlsFiles of(Path certificate, Path privateKey) {
        try {
            TlsFiles files = new TlsFiles(certificate, privateKey);
            files.thread.start();
            return files;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the port cannot speak TLS with gatehouse.edge.certificate=%s and gatehouse.edge.private-key=%s: %s"
                            .formatted(certificate, privateKey, said(e)),
                    e);
        }
    }

    @Override
    public TlsKeyPair keyPair(String hostname) {
        return current;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the port closes");
        }
    }

    /** A pair is two files: while one is new and the other not, they do not belong together, and the next look finds both. */
    synchronized void look() {
        try {
            Contents now = contents();
            if (!now.sameAs(seen)) {
                seen = now;
                current = pair(now);
                LOG.info("the certificate of the public port was changed");
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn(
                    "the certificate of the public port stays as it is, because the new one cannot be used: {}",
                    said(e));
        }
    }

    private Contents contents() throws IOException {
        return new Contents(Files.readAllBytes(certificate), Files.readAllBytes(privateKey));
    }

    private static TlsKeyPair pair(Contents contents) throws GeneralSecurityException {
        TlsKeyPair pair = TlsKeyPair.of(
                new ByteArrayInputStream(contents.privateKey), new ByteArrayInputStream(contents.certificate));
        if (!belong(pair.privateKey(), pair.certificateChain().getFirst().getPublicKey())) {
            throw new GeneralSecurityException("the private key is not the certificate's");
        }
        return pair;
    }

    /** What one signs, the other verifies. */
    private static boolean belong(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        byte[] challenge = new byte[CHALLENGE];
        new SecureRandom().nextBytes(challenge);
        Signature signature = Signature.getInstance(
                switch (privateKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> privateKey.getAlgorithm();
                });
        signature.initSign(privateKey);
        signature.update(challenge);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(challenge);
        return signature.verify(signed);
    }

    private static String said(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
