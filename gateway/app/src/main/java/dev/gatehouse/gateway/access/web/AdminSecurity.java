package dev.gatehouse.gateway.access.web;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import tools.jackson.databind.json.JsonMapper;

/** Who may administer: users by HTTP Basic, without sessions; each request needs the scope of its rule. */
@Configuration(proxyBeanMethods = false)
class AdminSecurity {

    @Bean
    @Order(1)
    SecurityFilterChain administration(
            HttpSecurity http, @Qualifier("userAuthentication") AuthenticationProvider users, JsonMapper json) {
        Refusals refusals = new Refusals(json);
        return http.securityMatcher("/api/**")
                .authenticationManager(new ProviderManager(users))
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    Rule.ALL.forEach(rule -> requests.requestMatchers(rule.method(), rule.path())
                            .hasAuthority(rule.scope().name()));
                    requests.anyRequest().denyAll();
                })
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new SameSite(refusals), AuthorizationFilter.class)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .build();
    }
}
