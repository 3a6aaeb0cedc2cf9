package dev.gatehouse.gateway.access;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * @param base its first address
 * @param length leading bits that its addresses have in common: 0 to 32, or to 128 for IPv6
 */
public record Network(InetAddress base, int length) {

    private static final Pattern CIDR = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/(\\d{1,3}))?");

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address. Never asks a name server.
     *
     * @throws IllegalArgumentException saying what is wrong, for whoever wrote it
     */
    public static Network parse(String text) {
        Matcher parts = CIDR.matcher(text);
        if (!parts.matches()) {
            throw wrong(text);
        }
        InetAddress base = address(text, parts.group(1));
        int bits = base.getAddress().length * Byte.SIZE;
        int length = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (length > bits) {
            throw wrong(text);
        }
        Network network = new Network(base, length);
        if (!network.isBase()) {
            throw new IllegalArgumentException(
                    "'%s' has bits beyond its prefix: write the first address of the block".formatted(text));
        }
        return network;
    }

    /** An IPv4 address is never in an IPv6 block. */
    public boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        return ours.length == theirs.length && sameBits(ours, theirs);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + length;
    }

    private boolean sameBits(byte[] ours, byte[] theirs) {
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >>> bit % Byte.SIZE;
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isBase() {
        byte[] bytes = base.getAddress();
        for (int bit = length; bit < bytes.length * Byte.SIZE; bit++) {
            if ((bytes[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress address(String text, String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'%s' is no block of addresses: write one like 10.0.0.0/8 or 2001:db8::/32".formatted(text));
    }
}
