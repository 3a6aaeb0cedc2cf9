package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Session;
import dev.gatehouse.gateway.access.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Who a request's cookie says that the caller is, read anew at each request. The session is the authentication's details. */
final class SessionContexts implements SecurityContextRepository {

    private final Sessions sessions;

    SessionContexts(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return session(holder.getRequest())
                .map(SessionContexts::authentication)
                .<SecurityContext>map(SecurityContextImpl::new)
                .orElseGet(SecurityContextImpl::new);
    }

    /** Sessions begin and end by calls of {@link SessionController} alone. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return session(request).isPresent();
    }

    /** The session that the caller was authenticated by; empty with HTTP Basic. */
    static Optional<Session> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getDetails() instanceof Session session
                ? Optional.of(session)
                : Optional.empty();
    }

    private Optional<Session> session(HttpServletRequest request) {
        return SessionCookie.read(request).flatMap(token -> sessions.find(token, request.getRemoteAddr()));
    }

    private static Authentication authentication(Session session) {
        UsernamePasswordAuthenticationToken authentication = session.actor().authentication();
        authentication.setDetails(session);
        return authentication;
    }
}
