package io.imageaudit.test;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a Spring test a real Kafka broker and a fresh, empty database of a real PostgreSQL. Servers
 * start once per JVM: in containers where Docker answers, embedded elsewhere.
 *
 * <pre>{@code @SpringBootTest @ContextConfiguration(initializers = RealServers.class)}</pre>
 */
public final class RealServers
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    RealPostgres.Database database = RealPostgres.newDatabase();
    TestPropertyValues.of(
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=" + database.user(),
            "spring.datasource.password=" + database.password(),
            "spring.kafka.bootstrap-servers=" + RealKafka.bootstrapServers(),
            "image-audit.events.partitions=3")
        .applyTo(context);
  }
}
