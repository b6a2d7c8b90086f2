package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes sure at each start that the configured tenant and keys exist. When there is no key of an
 * administrator at all, one is made and shown once, on the console and in no log. Instances that
 * start together do so one after the other.
 */
class Bootstrap implements ApplicationRunner {

  static final TenantId OPERATOR = new TenantId("operator");

  private final AccessSettings.Bootstrap settings;
  private final Tenants tenants;
  private final ApiKeys keys;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PrintStream console;

  Bootstrap(
      AccessSettings settings,
      Tenants tenants,
      ApiKeys keys,
      InstantSource clock,
      RandomGenerator random,
      PrintStream console) {
    this.settings = settings.bootstrap();
    this.tenants = tenants;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
    this.console = console;
  }

  @Override
  @Transactional
  public void run(ApplicationArguments arguments) {
    keys.lock();
    if (settings.tenant() != null) {
      TenantId tenant = new TenantId(settings.tenant());
      ensure(tenant);
      ensure(settings.apiKey(), tenant, EnumSet.complementOf(EnumSet.of(Scope.ADMIN)));
    }
    ensure(OPERATOR);
    ensure(settings.adminKey(), OPERATOR, Set.of(Scope.ADMIN));
    if (!keys.existsByScopesContaining(Scope.ADMIN.text())) {
      ApiKeyText made = ApiKeyText.create(random);
      ensure(made.reveal(), OPERATOR, Set.of(Scope.ADMIN));
      console.println("The administrator's API key, shown this once: " + made.reveal());
    }
  }

  private void ensure(TenantId tenant) {
    tenants.add(tenant.value(), tenant.value(), clock.instant());
  }

  private void ensure(@Nullable String key, TenantId tenant, Set<Scope> scopes) {
    ApiKeyText text = key == null ? null : ApiKeyText.parse(key).orElseThrow();
    if (text != null && keys.findById(text.id()).isEmpty()) {
      keys.save(new ApiKey(text, tenant, scopes, clock.instant(), null));
    }
  }
}
