package dev.gatehouse.gateway.edge.web;

import dev.gatehouse.gateway.edge.RelayPass;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses, before anything else looks at it, what did not come through the public port. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RelayGate extends OncePerRequestFilter {

    private final RelayPass pass;

    RelayGate(RelayPass pass) {
        this.pass = pass;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (pass.isGood(request.getHeader(RelayPass.HEADER))) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
