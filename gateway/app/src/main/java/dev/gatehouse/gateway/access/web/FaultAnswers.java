package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.vocabulary.Fault;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers faults of the filters behind it, such as a database that is away when a user is looked up; controllers answer their own. */
final class FaultAnswers extends OncePerRequestFilter {

    private final Refusals refusals;

    FaultAnswers(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (Fault fault) {
            refusals.handle(response, fault);
        }
    }
}
