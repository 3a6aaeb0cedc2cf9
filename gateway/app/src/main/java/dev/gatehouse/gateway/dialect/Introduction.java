package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.access.Access;
import dev.gatehouse.gateway.access.Console;
import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.FetchSite;
import dev.gatehouse.gateway.access.Identity;
import dev.gatehouse.gateway.access.Visit;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a request says of who sends it. */
interface Introduction {

    /** What is wrong with it at the first look, which waits for nothing. */
    Optional<Problem> precheck();

    /** Who it is, if that is known without waiting. */
    Optional<Identity> recall();

    /** Who it is; may wait. */
    Identity identify();

    /** Of who calls with an API key. */
    static Introduction byKey(Access access, Endpoint endpoint, ServiceRequestContext context, HttpRequest request) {
        Optional<String> credentials = Credentials.of(request.headers());
        Visit visit = new Visit(endpoint, context.clientAddress());
        return new Introduction() {
            @Override
            public Optional<Problem> precheck() {
                return access.precheck(credentials);
            }

            @Override
            public Optional<Identity> recall() {
                return access.recall(credentials, visit);
            }

            @Override
            public Identity identify() {
                return access.identify(credentials, visit);
            }
        };
    }

    /** Of a user of the console. */
    static Introduction byConsole(Console console, ServiceRequestContext context, HttpRequest request) {
        Console.Presented presented = presented(context, request.headers());
        return new Introduction() {
            @Override
            public Optional<Problem> precheck() {
                return console.precheck(presented);
            }

            @Override
            public Optional<Identity> recall() {
                return Optional.empty();
            }

            @Override
            public Identity identify() {
                return console.identify(presented);
            }
        };
    }

    private static Console.Presented presented(ServiceRequestContext context, RequestHeaders headers) {
        List<String> authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        Map<String, String> cookies = headers.cookies().stream()
                .collect(Collectors.toMap(Cookie::name, Cookie::value, (first, other) -> first));
        return new Console.Presented(
                authorization.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", authorization)),
                cookies,
                context.sessionProtocol().isTls(),
                Optional.ofNullable(headers.get(Console.CSRF)),
                Optional.ofNullable(headers.get(FetchSite.HEADER)),
                Optional.ofNullable(headers.get(Console.PROJECT)),
                context.clientAddress());
    }
}
