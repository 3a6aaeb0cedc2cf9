package dev.gatehouse.gateway.edge;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The public port.
 *
 * @param address to listen on
 * @param port 0 takes any free one
 * @param headersTimeout a connection without a complete request head for this long is closed
 * @param bodyTimeout from the request's head to the last byte of its body
 * @param exchangeTimeout from the request's last byte to the last byte of the answer
 * @param connections at a time; more are not accepted
 * @param exchanges requests at a time; more are refused
 * @param apiBody largest body of a request to {@code /api}
 * @param certificate PEM file of the port's certificate and those that lead to its root; with it the port speaks TLS alone
 * @param privateKey PEM file of the certificate's private key, PKCS #8 without a password
 * @param gracePeriod how long a stop waits for requests to end
 */
@Validated
@ConfigurationProperties(prefix = "gatehouse.edge", ignoreUnknownFields = false)
record EdgeProperties(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("8080") @Min(0) @Max(65535) int port,
        @DefaultValue("15s") Duration headersTimeout,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("10m") Duration exchangeTimeout,
        @DefaultValue("20000") @Min(1) int connections,
        @DefaultValue("20000") @Min(1) int exchanges,
        @DefaultValue("16MB") DataSize apiBody,
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("10s") Duration gracePeriod) {

    @AssertTrue(message = "needs both gatehouse.edge.certificate and gatehouse.edge.private-key, or neither")
    boolean isCertificateWithPrivateKey() {
        return (certificate == null) == (privateKey == null);
    }
}
