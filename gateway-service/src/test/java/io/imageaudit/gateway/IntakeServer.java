package io.imageaudit.gateway;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the upload door of intake beside a test's gateway. */
final class IntakeServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    FakeIntake intake = new FakeIntake();
    context.getBeanFactory().registerSingleton("fakeIntake", intake);
    TestPropertyValues.of(
            "image-audit.intake.url=" + intake.url(),
            "image-audit.notification.url=" + intake.url())
        .applyTo(context);
  }
}
