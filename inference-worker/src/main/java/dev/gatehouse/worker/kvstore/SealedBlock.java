package dev.gatehouse.worker.kvstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A block as a file has it: the format's name and version, a random nonce, and AES-256-GCM (NIST SP 800-38D) of the block, which
 * also authenticates the head and the block's key. Any other bit, name or key does not open it.
 */
final class SealedBlock {

    /** Bytes that a sealed block has more than the block. */
    static final int OVERHEAD = 5 + 12 + 16;

    private static final byte[] FORMAT = "GHKV\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int NONCE_BYTES = 12;
    private static final int HEAD_BYTES = FORMAT.length + NONCE_BYTES;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedBlock() {}

    static ByteBuffer seal(ByteBuffer block, BlockKey name, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(FORMAT).put(nonce).array();
        ByteBuffer sealed = ByteBuffer.allocate(block.remaining() + OVERHEAD).put(head);
        try {
            cipher(Cipher.ENCRYPT_MODE, key, head, name).doFinal(block, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM/NoPadding", e);
        }
        return sealed.flip();
    }

    /** Whether it was opened into the buffer, which has exactly the block's size; if not, what is in the buffer is nothing. */
    static boolean open(byte[] sealed, BlockKey name, SecretKey key, ByteBuffer into) {
        if (sealed.length != into.remaining() + OVERHEAD) {
            return false;
        }
        byte[] head = new byte[HEAD_BYTES];
        ByteBuffer rest = ByteBuffer.wrap(sealed).get(head);
        try {
            cipher(Cipher.DECRYPT_MODE, key, head, name).doFinal(rest, into);
            return Arrays.equals(head, 0, FORMAT.length, FORMAT, 0, FORMAT.length);
        } catch (GeneralSecurityException notAuthentic) {
            return false;
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] head, BlockKey name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, head, FORMAT.length, NONCE_BYTES));
        cipher.updateAAD(head);
        cipher.updateAAD(name.bytes());
        return cipher;
    }
}
