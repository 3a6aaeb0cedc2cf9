package dev.gatehouse.gateway.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another site makes a browser send: browsers add the password of HTTP Basic by themselves. They say where a request comes
 * from (Fetch Metadata); other clients say nothing.
 */
final class SameSite extends OncePerRequestFilter {

    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final AccessDeniedHandler refusals;

    SameSite(AccessDeniedHandler refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("sec-fetch-site");
        if (site == null || OURS.contains(site)) {
            chain.doFilter(request, response);
        } else {
            refusals.handle(request, response, new AccessDeniedException("a request of another site"));
        }
    }
}
