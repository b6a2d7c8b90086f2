package io.imageaudit.gateway.access;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which credential opens which door. */
@Configuration(proxyBeanMethods = false)
class AccessConfig {

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String OWN_PAGES =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";

  private static final String[] CALLBACKS = {
    "/v1/deliveries/**",
    "/v1/replays/**",
    "/v1/events/**",
    "/v1/endpoints/**",
    "/v1/webhook-secrets/**",
    "/v1/webhook-keys/**",
    "/v1/delivery-rules/**"
  };

  @Bean
  KnownCallers knownCallers(ApiKeys keys, Tenants tenants, InstantSource clock) {
    return new KnownCallers(keys, tenants, clock);
  }

  @Bean
  Tokens tokens(AccessSettings settings, KnownCallers callers, InstantSource clock) {
    return new Tokens(TokenConfig.decoder(settings.jwt(), clock), callers);
  }

  @Bean
  KeepTenants keepTenants(
      Tenants tenants,
      ApiKeys keys,
      KnownCallers callers,
      InstantSource clock,
      RandomGenerator random) {
    return new KeepTenants(tenants, keys, callers, clock, random);
  }

  @Bean
  Bootstrap bootstrap(
      AccessSettings settings,
      Tenants tenants,
      ApiKeys keys,
      InstantSource clock,
      RandomGenerator random) {
    return new Bootstrap(settings, tenants, keys, clock, random, System.out);
  }

  /** There are no users with passwords; without this one would be invented at start. */
  @Bean
  UserDetailsService noUsers() {
    return name -> {
      throw new UsernameNotFoundException("there are no users");
    };
  }

  /** An observation around each filter of each request would cost more than all the filters do. */
  @Bean
  SecurityObservationSettings noObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** The management port: for the operator's network alone. */
  @Bean
  @Order(1)
  SecurityFilterChain management(HttpSecurity http) {
    return stateless(http, NOTHING)
        .securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .build();
  }

  /** The documentation: for everybody. */
  @Bean
  @Order(2)
  SecurityFilterChain documentation(HttpSecurity http) {
    return stateless(http, OWN_PAGES)
        .securityMatcher(
            "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html")
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .build();
  }

  /** The API: for callers with a credential of the right scope. */
  @Bean
  @Order(3)
  SecurityFilterChain api(
      HttpSecurity http, KnownCallers callers, Tokens tokens, ProblemWriter problems) {
    return stateless(http, NOTHING)
        .addFilterBefore(new CredentialFilter(callers, tokens, problems), AuthorizationFilter.class)
        .exceptionHandling(faults ->
            faults
                .authenticationEntryPoint((request, response, _) ->
                    problems.write(
                        request, response, ProblemException.of(ProblemCode.UNAUTHENTICATED)))
                .accessDeniedHandler((request, response, _) ->
                    problems.write(request, response, ProblemException.of(ProblemCode.FORBIDDEN))))
        .authorizeHttpRequests(rules ->
            rules
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers("/v1/admin/**")
                .hasAuthority(Scope.ADMIN.text())
                .requestMatchers(reading(CALLBACKS))
                .hasAuthority(Scope.DELIVERIES_READ.text())
                .requestMatchers(CALLBACKS)
                .hasAuthority(Scope.DELIVERIES_WRITE.text())
                .requestMatchers(reading("/v1/audits/*/deliveries"))
                .hasAnyAuthority(Scope.AUDITS_READ.text(), Scope.DELIVERIES_READ.text())
                .requestMatchers(HttpMethod.POST, "/v1/audits/*/deliveries/**")
                .hasAuthority(Scope.DELIVERIES_WRITE.text())
                .requestMatchers(HttpMethod.DELETE, "/v1/audits/**")
                .hasAuthority(Scope.AUDITS_WRITE.text())
                .requestMatchers(HttpMethod.POST, "/v1/audits/**")
                .hasAuthority(Scope.AUDITS_WRITE.text())
                .requestMatchers(reading("/v1/audits/**"))
                .hasAuthority(Scope.AUDITS_READ.text())
                .anyRequest()
                .authenticated())
        .build();
  }

  /** HEAD tells of a thing what GET does, but for the body. */
  private static RequestMatcher[] reading(String... paths) {
    PathPatternRequestMatcher.Builder matchers = PathPatternRequestMatcher.withDefaults();
    return Arrays.stream(paths)
        .flatMap(path ->
            Stream.of(
                matchers.matcher(HttpMethod.GET, path), matchers.matcher(HttpMethod.HEAD, path)))
        .toArray(RequestMatcher[]::new);
  }

  private static HttpSecurity stateless(HttpSecurity http, String contentPolicy) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
                .referrerPolicy(_ -> {}));
  }
}
