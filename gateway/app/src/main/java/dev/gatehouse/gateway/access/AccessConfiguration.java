package dev.gatehouse.gateway.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Notices;
import dev.gatehouse.gateway.database.TenantTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Exit status of a gateway that cannot check keys any more. */
    private static final int BROKEN = 70;

    @Bean
    Peppers peppers(Environment environment, CoreDatabase core) {
        Peppers peppers = Peppers.of(Binder.get(environment)
                .bind("pepper", Bindable.mapOf(Integer.class, String.class))
                .orElse(Map.of()));
        PepperCheck.run(peppers, new PostgresPepperStore(core));
        return peppers;
    }

    @Bean
    KeyStore keyStore(CoreDatabase core, TenantTransactions tenants) {
        return new PostgresKeyStore(core, tenants);
    }

    @Bean
    KeyIssuer keyIssuer(Peppers peppers) {
        return new KeyIssuer(peppers);
    }

    @Bean
    KeyMemory keyMemory(Notices notices, ObjectProvider<Ticker> clock) {
        KeyMemory memory = new KeyMemory(clock.getIfAvailable(Ticker::systemTicker));
        KeyNotices.hear(notices, memory);
        return memory;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LastUses lastUses(KeyStore store) {
        return new LastUses(store, Clock.systemUTC());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeyBatches keyBatches(KeyStore store, KeyMemory memory, LastUses uses) {
        return new KeyBatches(
                store, memory, uses::note, () -> Runtime.getRuntime().halt(BROKEN));
    }

    @Bean
    PostgresSight sight(CoreDatabase core, TenantTransactions tenants, ApplicationEventPublisher events) {
        return new PostgresSight(core, tenants, events::publishEvent);
    }

    @Bean
    Tenants tenants(PostgresSight sight) {
        return new PostgresTenants(sight);
    }

    @Bean
    Projects projects(PostgresSight sight) {
        return new PostgresProjects(sight);
    }

    @Bean
    Keys keys(PostgresSight sight, KeyIssuer issuer) {
        return new PostgresKeys(sight, issuer);
    }

    @Bean
    Grants grants(PostgresSight sight) {
        return new PostgresGrants(sight);
    }

    @Bean
    AccessGrants accessGrants(PostgresSight sight) {
        return new PostgresAccessGrants(sight);
    }

    @Bean
    AccessRequests accessRequests(PostgresSight sight) {
        return new PostgresAccessRequests(sight);
    }

    @Bean
    ApiKeyAuthenticationProvider keyAuthentication(Peppers peppers, KeyMemory memory, KeyBatches batches) {
        return new ApiKeyAuthenticationProvider(new KeyLookup(peppers, memory, batches), Clock.systemUTC());
    }

    @Bean
    AuthenticationManager authenticationManager(ApiKeyAuthenticationProvider keys) {
        return new ProviderManager(keys);
    }

    @Bean
    Access access(ApiKeyAuthenticationProvider keys, MeterRegistry meters) {
        return new KeyAccess(keys, meters);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserStore userStore(CoreDatabase core) {
        return new PostgresUserStore(core);
    }

    /** Signs users in, for the administration's filter chain. */
    @Bean
    AuthenticationProvider userAuthentication(UserStore users, PasswordEncoder encoder) {
        return new UserAuthenticationProvider(users, encoder, new SignInLimit(Ticker.systemTicker()));
    }

    @Bean
    Console userConsole(
            @Qualifier("userAuthentication") AuthenticationProvider users,
            Sessions sessions,
            PostgresSight sight,
            Grants grants,
            LastUses uses,
            MeterRegistry meters) {
        return new UserConsole(users, sessions, new PostgresConsoleKeys(sight, grants, uses), meters);
    }

    @Bean
    Sessions sessions(CoreDatabase core, PostgresSight sight, PasswordEncoder encoder) {
        return new PostgresSessions(core, sight, encoder);
    }

    @Bean
    Users users(PostgresSight sight) {
        return new PostgresUsers(sight);
    }

    @Bean
    SessionSweep sessionSweep(Sessions sessions) {
        return new SessionSweep(sessions);
    }

    @Bean
    Administrator administrator(Environment environment, UserStore users, PasswordEncoder encoder) {
        Administrator administrator = new Administrator(users, encoder);
        Optional.ofNullable(environment.getProperty("admin-password")).ifPresent(administrator::ensure);
        return administrator;
    }

    @Bean
    QuickstartKey quickstartKey(Environment environment, Peppers peppers, KeyStore store, KeyIssuer issuer) {
        QuickstartKey quickstart = new QuickstartKey(peppers, store, issuer);
        Optional.ofNullable(environment.getProperty("quickstart-key")).ifPresent(quickstart::ensure);
        return quickstart;
    }
}
