package io.imageaudit.notification.endpoint;

import io.imageaudit.notification.access.BoundedWork;
import io.imageaudit.notification.tenant.TenantRulebook;
import io.imageaudit.notification.webhook.WebhookSender;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that keep signing keys. */
@Configuration(proxyBeanMethods = false)
class EndpointConfig {

  @Bean
  SecretBox secretBox(SecretSettings settings, SecureRandom random) {
    return new SecretBox(settings.encryptionKeyBytes(), random);
  }

  @Bean
  RotateSecret rotateSecret(
      StoredSecrets secrets,
      SecretBox box,
      TransactionTemplate transaction,
      InstantSource clock,
      SecretSettings settings) {
    return new RotateSecret(secrets, box, transaction, clock, settings.rotationGrace());
  }

  @Bean
  SigningKeys signingKeys(
      StoredSecrets secrets,
      SecretBox box,
      RotateSecret rotateSecret,
      InstantSource clock,
      SecureRandom random) {
    return new SigningKeys(secrets, box, rotateSecret, clock, random);
  }

  @Bean
  ManageSecrets manageSecrets(
      StoredSecrets secrets,
      SecretBox box,
      RotateSecret rotateSecret,
      SigningKeys signingKeys,
      BoundedWork work,
      InstantSource clock,
      SecureRandom random) {
    return new ManageSecrets(secrets, box, rotateSecret, signingKeys, work, clock, random);
  }

  @Bean
  ImportSecrets importSecrets(SecretSettings settings, RotateSecret rotateSecret) {
    return new ImportSecrets(settings.signingKeys(), rotateSecret);
  }

  @Bean
  Subscriptions subscriptions(Endpoints endpoints) {
    return new StoredSubscriptions(endpoints);
  }

  @Bean
  JdbcLanes lanes(JdbcClient jdbc) {
    return new JdbcLanes(jdbc);
  }

  @Bean
  ProbeEndpoint probeEndpoint(
      ManageEndpoints endpoints,
      SigningKeys signingKeys,
      WebhookSender sender,
      InstantSource clock,
      SecureRandom random) {
    return new ProbeEndpoint(endpoints, signingKeys, sender, clock, random);
  }

  @Bean
  ManageEndpoints manageEndpoints(
      Endpoints endpoints,
      JdbcLanes lanes,
      BoundedWork work,
      InstantSource clock,
      TenantRulebook rulebook) {
    return new ManageEndpoints(endpoints, lanes, work, clock, rulebook);
  }
}
