package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.FetchSite;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what a page of another site makes a browser send. */
final class SameSite extends OncePerRequestFilter {

    private final AccessDeniedHandler refusals;

    SameSite(AccessDeniedHandler refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (FetchSite.isOurs(Optional.ofNullable(request.getHeader(FetchSite.HEADER)))) {
            chain.doFilter(request, response);
        } else {
            refusals.handle(request, response, new AccessDeniedException("a request of another site"));
        }
    }
}
