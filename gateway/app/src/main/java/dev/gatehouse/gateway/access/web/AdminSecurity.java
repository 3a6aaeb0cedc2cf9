package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Scope;
import dev.gatehouse.gateway.access.Sessions;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import tools.jackson.databind.json.JsonMapper;

/** Who may administer: users, by the cookie of a session or by HTTP Basic; each request needs what its rule says. */
@Configuration(proxyBeanMethods = false)
class AdminSecurity {

    @Bean
    CsrfCookie csrfCookie() {
        return new CsrfCookie();
    }

    @Bean
    @Order(1)
    SecurityFilterChain administration(
            HttpSecurity http,
            @Qualifier("userAuthentication") AuthenticationProvider users,
            Sessions sessions,
            CsrfCookie csrf,
            JsonMapper json) {
        Refusals refusals = new Refusals(json);
        return http.securityMatcher("/api/**")
                .authenticationManager(new ProviderManager(users))
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    Rule.ALL.forEach(rule -> admit(rule, requests.requestMatchers(rule.method(), rule.path())));
                    requests.anyRequest().denyAll();
                })
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new FaultAnswers(refusals), SecurityContextHolderFilter.class)
                .addFilterBefore(new SameSite(refusals), AuthorizationFilter.class)
                .securityContext(contexts -> contexts.securityContextRepository(new SessionContexts(sessions)))
                .sessionManagement(servlets -> servlets.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf::configure)
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    private static void admit(Rule rule, AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl requests) {
        switch (rule.who()) {
            case Rule.Who.Scoped(Scope scope) -> requests.hasAuthority(scope.name());
            case Rule.Who.SignedIn() -> requests.authenticated();
            case Rule.Who.Anybody() -> requests.permitAll();
        }
    }
}
