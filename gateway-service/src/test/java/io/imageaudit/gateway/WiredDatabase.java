package io.imageaudit.gateway;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Puts a wire between a test's gateway and its database. */
final class WiredDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    String url = requireNonNull(context.getEnvironment().getProperty("spring.datasource.url"));
    URI address = URI.create(url.substring("jdbc:".length()));
    Wire wire = new Wire(address.getHost(), address.getPort());
    context.getBeanFactory().registerSingleton("databaseWire", wire);
    String place = address.getHost() + ":" + address.getPort();
    TestPropertyValues.of("spring.datasource.url=" + url.replace(place, "localhost:" + wire.port()))
        .applyTo(context);
  }
}
