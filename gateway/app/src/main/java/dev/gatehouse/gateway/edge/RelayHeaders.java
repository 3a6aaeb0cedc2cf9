package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Which headers a relayed request and its answer keep (RFC 9110, section 7.6.1), and which are set anew. */
final class RelayHeaders {

    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect");

    /** What a client says of where it is, which is for us to say. */
    private static final List<String> CLAIMS = List.of("forwarded", "x-real-ip", "via", RelayPass.HEADER);

    private static final String CLAIMED = "x-forwarded-";

    private final RelayPass pass;

    RelayHeaders(RelayPass pass) {
        this.pass = pass;
    }

    /** Of the request as it goes on, to the path that its route has matched. */
    RequestHeaders onward(ServiceRequestContext context, RequestHeaders came) {
        RequestHeadersBuilder headers = came.toBuilder();
        dropHopByHop(headers);
        CLAIMS.forEach(headers::remove);
        came.names().stream()
                .filter(name -> name.toString().startsWith(CLAIMED))
                .forEach(headers::remove);
        String query = context.query();
        headers.path(query == null ? context.path() : context.path() + '?' + query);
        boolean secure = context.sessionProtocol().isTls();
        String client = written(context.clientAddress());
        String host = came.authority() == null ? "" : came.authority();
        return headers.set("forwarded", forwarded(client, host, secure))
                .set("x-forwarded-for", client)
                .set("x-forwarded-proto", secure ? "https" : "http")
                .set("x-forwarded-host", host)
                .set(RelayPass.HEADER, pass.value())
                .build();
    }

    /** Of the answer as it goes back. */
    static ResponseHeaders back(ResponseHeaders came) {
        ResponseHeadersBuilder headers = came.toBuilder();
        dropHopByHop(headers);
        return headers.build();
    }

    private static void dropHopByHop(HttpHeadersBuilder headers) {
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",")) {
                String lower = name.strip().toLowerCase(Locale.ROOT);
                if (!lower.isEmpty() && !lower.startsWith(":")) {
                    headers.remove(AsciiString.of(lower));
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }

    /** RFC 7239, section 4. */
    private static String forwarded(String client, String host, boolean secure) {
        String node = client.indexOf(':') >= 0 ? "\"[" + client + "]\"" : client;
        String quoted = host.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+") ? ";host=\"" + host + '"' : "";
        return "for=" + node + ";proto=" + (secure ? "https" : "http") + quoted;
    }

    private static String written(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
